package io.jacobi.nn.onnx;

/** A model that cannot be written as ONNX. The message says which layer, and what to do. */
public final class OnnxExportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OnnxExportException(String message) {
        super(message);
    }

    private OnnxExportException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, told from outside. */
    OnnxExportException in(String where) {
        return new OnnxExportException(where + ": " + getMessage(), this);
    }
}
