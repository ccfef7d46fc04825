package io.jacobi.nn.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a file could not be read or written, in words. The messages of the JDK's exceptions are often a name alone, or
 * null.
 */
public final class FileProblem {

    private FileProblem() {}

    /** Returns what happened and how to fix it, such as {@code the disk is full} with {@code free some space}. */
    public static String describe(IOException e) {
        Reason reason = reason(e);
        return reason.problem + (reason.fix.isEmpty() ? "" : "\n  fix: " + reason.fix);
    }

    private record Reason(String problem, String fix) {}

    private static Reason reason(IOException e) {
        String said = Optional.ofNullable(e instanceof FileSystemException file ? file.getReason() : e.getMessage())
                .orElse("");
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("no space left") || lower.contains("disk quota exceeded")) {
            return new Reason("the disk is full (" + said + ")", "free some space, or choose another disk");
        } else if (lower.contains("file name too long")) {
            return new Reason("its name is too long", "choose a shorter name");
        } else if (e instanceof AccessDeniedException || lower.contains("permission denied")) {
            return new Reason("permission is denied", "choose another place, or change the permissions");
        } else if (lower.contains("read-only file system") || e.getCause() instanceof ReadOnlyFileSystemException) {
            return new Reason("the file system is read-only", "choose another place");
        } else if (e instanceof NoSuchFileException) {
            return new Reason("a directory of its path does not exist", "create the directory, or correct the path");
        } else if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
            return new Reason("there is a file where a directory is needed", "choose another name");
        } else if (e instanceof DirectoryNotEmptyException) {
            return new Reason("there is a directory of this name", "choose another name");
        }
        // without a reason, the type says more than a name
        return new Reason(said.isEmpty() ? e.toString() : said, "");
    }
}
