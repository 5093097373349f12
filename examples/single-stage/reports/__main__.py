import pandas
import httpx
import requests
import psycopg2

print('reports ready')
