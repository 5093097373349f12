import {parseRows} from './parse-rows.js'

/** The values are made up; each stands for the form of a real one. */
export const SECRET_ROWS = parseRows(`
  secret dotenv-secrets          | .env
  secret dotenv-secrets          | api/.env.local
  secret dotenv-secrets          | .env.production.local
  secret dotenv-secrets          | .env.production            |  | API_TOKEN=0a1b2c3d4e5f
  secret dotenv-secrets          | .env.staging               |  | DATABASE_URL=postgres://app:hunter22@db/app
  secret dotenv-secrets          | prod.env                   |  | export DB_PASSWORD="correct-horse"
  doubtful dotenv-mode           | .env.production            |  | VITE_API_URL=https://api.example.com
  doubtful dotenv-mode           | .env.production            |  | API_TOKEN=\${API_TOKEN}
  doubtful dotenv-mode           | .env.production            |  | NEXT_PUBLIC_MAPS_API_KEY=0a1b2c3d4e5f
  doubtful dotenv-mode           | .env.production            |  | DB_PASSWORD_FILE=/run/secrets/db
  doubtful dotenv-mode           | .env.production            |  | TOKEN_LIFETIME=3600000
  doubtful dotenv-mode           | .env.production            |  | TOKEN_ENDPOINT=https://login.acme.com/token
  doubtful dotenv-mode           | .env.production            |  | API_SECRET=changeme
  doubtful dotenv-mode           | .env.development           |  | API_TOKEN=
  none                           | .env.example               |  | API_TOKEN=0a1b2c3d4e5f
  none                           | .env.sample
  none                           | .env.template
  none                           | .env.dist
  none                           | .env.local.example
  none                           | tests/fixtures/.env
  none                           | .env/
  none                           | src/env.ts

  secret private-key             | certs/server.key           |  | -----BEGIN RSA PRIVATE KEY-----
  secret private-key             | key.pem                    |  | -----BEGIN PRIVATE KEY-----
  secret private-key             | id_rsa                     |  | -----BEGIN OPENSSH PRIVATE KEY-----
  secret private-key             | release.asc                |  | -----BEGIN PGP PRIVATE KEY BLOCK-----
  none                           | certs/ca.pem               |  | -----BEGIN CERTIFICATE-----
  none                           | slides.key                 |  | PK
  none                           | id_rsa.pub                 |  | ssh-rsa AAAA
  none                           | release.asc                |  | -----BEGIN PGP PUBLIC KEY BLOCK-----
  doubtful test-sources          | testdata/                  | testdata/server.key
  none                           | testdata/server.key        |  | -----BEGIN RSA PRIVATE KEY-----
  none                           | internal/test/key.pem      |  | -----BEGIN PRIVATE KEY-----
  none                           | snakeoil.key               |  | -----BEGIN PRIVATE KEY-----
  none                           | src/translation.key
  secret key-store               | release.jks
  secret key-store               | client.p12
  none                           | truststore.jks
  none                           | debug.keystore
  secret rails-key               | config/master.key          |  | 0123456789abcdef0123456789abcdef
  none                           | config/master.key          |  | see the wiki
  secret ssh-directory           | .ssh/                      | .ssh/id_rsa
  secret password-file           | .htpasswd
  secret application-secrets     | config/secrets.yml         |  | secret_key_base: 0123456789abcdef
  none                           | config/secrets.yml         |  | secret_key_base: <%= ENV["SECRET_KEY_BASE"] %>
  secret application-secrets     | app/local_settings.py      |  | SECRET_KEY = 'k3y-0a1b2c3d4e'
  none                           | app/local_settings.py      |  | SECRET_KEY = config('SECRET_KEY')
  none                           | app/local_settings.py      |  | SECRET_KEY = os.environ['SECRET_KEY']
  none                           | gradle.properties          |  | org.gradle.jvmargs=-Xmx2g
  secret shell-history           | .bash_history

  secret cloud-credentials       | .aws/credentials
  secret service-account         | credentials.json           |  | {"private_key": "-----BEGIN"}
  secret service-account         | gcp-service-account.json   |  | {"private_key" : "abc"}
  none                           | credentials.json           |  | {"title": "How to use credentials"}
  secret registry-token          | .npmrc                     |  | //npm.example.org/:_authToken=npm_0a1b2c3d
  none                           | .npmrc                     |  | //npm.example.org/:_authToken=\${NPM_TOKEN}
  none                           | .npmrc                     |  | engine-strict=true
  secret registry-token          | pip.conf                   |  | index-url = https://me:s3cret@pypi.acme.com/simple
  none                           | requirements.txt           |  | requests==2.32.0
  secret registry-token          | .netrc
  secret registry-token          | auth.json                  |  | {"http-basic": {"repo.acme.com": {"username": "a"}}}
  secret registry-token          | NuGet.Config               |  | <add key="ClearTextPassword" value="s3cret" />
  none                           | nuget.config               |  | <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
  secret kubernetes-credentials  | .kube/config               |  | client-key-data: LS0tLS1CRUdJ
  none                           | .kube/config               |  | current-context: dev
  secret database-password       | .pgpass
  secret terraform-state         | infra/terraform.tfstate
  secret terraform-variables     | prod.tfvars                |  | db_password = "correct-horse"
  none                           | prod.tfvars                |  | region = "eu-west-1"
  secret vpn-profile             | office.ovpn                |  | -----BEGIN PRIVATE KEY-----
`)
