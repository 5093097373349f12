import {isLoadedUnseen, modulesOf} from './requirements.js'

/** What packages of a language are like. */
export interface Ecosystem {
  /** The names of its sources. */
  sources: RegExp
  /** The paths of lists of packages. */
  lists: RegExp
  /** The modules that a package brings, as a source imports them. */
  modulesOf(name: string): readonly string[]
  /** Tells whether a package may be used without an import. */
  isLoadedUnseen(name: string): boolean
  /** Names of packages of many megabytes. */
  large: RegExp
}

export const PYTHON: Ecosystem = {
  sources: /\.py$/,
  lists: /(?:^|\/)requirements\.txt$/,
  modulesOf,
  isLoadedUnseen,
  large:
    /^(?:torch\w*|tensorflow\S*|jax\w*|transformers|sentence-transformers|nvidia-\S+|opencv-\S+|pyspark|playwright|scipy|pandas|pyarrow|spacy|xgboost|lightgbm|faiss-\S+|librosa|onnxruntime\S*|numba|scikit-learn|apache-beam|vllm|triton|paddlepaddle\S*|mxnet\S*|diffusers)$/,
}

export const JAVASCRIPT: Ecosystem = {
  sources: /\.[cm]?[jt]sx?$/,
  lists: /(?:^|\/)package\.json$/,
  modulesOf: (name) => [name],
  isLoadedUnseen: () => false,
  large:
    /^(?:puppeteer|playwright(?:-\w+)?|@playwright\/\S+|electron|@tensorflow\/tfjs-node(?:-gpu)?|aws-sdk|googleapis|onnxruntime-node|@(?:huggingface|xenova)\/transformers|node-llama-cpp|canvas|@napi-rs\/canvas|ffmpeg-static|chromium|@sparticuz\/chromium|mongodb-memory-server|opencv4nodejs|pdfjs-dist|@aws-cdk\/\S+|aws-cdk-lib)$/,
}
