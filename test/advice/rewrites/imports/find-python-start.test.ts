import assert from 'node:assert/strict'
import {findPythonStart} from '../../../../src/advice/rewrites/imports/find-python-start.js'
import {createFileTree} from '../../rules/create-file-tree.js'

const TREE = ['app/__init__.py', 'app/main.py', 'app/__main__.py', 'lib/x/run.py', 'manage.py']

describe('where a Python program starts', () => {
  const rows: [call: string, files: string[] | null, env?: Record<string, string>][] = [
    ['python -m app', ['app/__main__.py', 'app/__init__.py']],
    ['python3.12 -u -m app.main', ['app/__init__.py', 'app/main.py']],
    ['python manage.py migrate', ['manage.py']],
    ['python -m uvicorn app.main:app --port 80', ['app/__init__.py', 'app/main.py']],
    ['uvicorn app.main:app --host 0.0.0.0', ['app/__init__.py', 'app/main.py']],
    ['uvicorn --app-dir lib x.run:app', ['lib/x/run.py']],
    ['gunicorn -w 4 app.main', ['app/__init__.py', 'app/main.py']],
    ['celery -A app.main worker', ['app/__init__.py', 'app/main.py']],
    ['celery --app=app.main worker', ['app/__init__.py', 'app/main.py']],
    ['flask run', ['app/__init__.py', 'app/main.py'], {FLASK_APP: 'app.main:app'}],
    ['python -m x.run', ['lib/x/run.py'], {PYTHONPATH: '/srv/lib'}],
    ['python -c pass', null],
    ['python -m elsewhere', null],
    ['uvicorn --factory', null],
    ['node app/main.py', null],
  ]
  for (const [call, files, env = {}] of rows) {
    it(call, () => {
      const words = call.split(' ')
      const action = {program: words[0]!, words, directory: '/srv', env: new Map(Object.entries(env))}
      const locate = (place: string) =>
        place === '/srv' ? '' : place.startsWith('/srv/') ? place.slice('/srv/'.length) : null
      assert.deepEqual(findPythonStart(action, createFileTree(TREE), locate)?.files ?? null, files)
    })
  }
})
