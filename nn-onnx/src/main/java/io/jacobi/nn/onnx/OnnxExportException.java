package io.jacobi.nn.onnx;

/** Thrown if a model cannot be exported to ONNX. The message names the layer and a fix. */
public final class OnnxExportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OnnxExportException(String message) {
        super(message);
    }

    private OnnxExportException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns an exception whose message is preceded by {@code where}. */
    OnnxExportException in(String where) {
        return new OnnxExportException(where + ": " + getMessage(), this);
    }
}
