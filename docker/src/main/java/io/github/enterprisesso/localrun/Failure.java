package io.github.enterprisesso.localrun;

/** Something that the person at the terminal can understand and act upon; printed without a stack trace. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
        super(message);
    }

    Failure(String message, Throwable cause) {
        super(message, cause);
    }
}
