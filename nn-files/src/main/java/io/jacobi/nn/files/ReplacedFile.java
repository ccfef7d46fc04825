package io.jacobi.nn.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/** A file, which may not exist, that an {@link AtomicFile} replaces. */
record ReplacedFile(Path path) {

    private static final int MAX_LINKS = 40;

    /** Returns the file that a symbolic link points to, which may not exist yet; or the path itself. */
    static Path behindLinks(Path path) throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new IOException("its symbolic links form a circle");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /**
     * Checks that nothing is lost if a file takes this place.
     *
     * @throws IOException if there is a directory, a pipe, a device or a read-only file
     */
    void requireReplaceable() throws IOException {
        BasicFileAttributes old;
        try {
            old = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException isNew) {
            return;
        }
        if (old.isDirectory()) {
            throw new IOException("it is a directory\n  expected a file name");
        } else if (!old.isRegularFile()) {
            throw new IOException("it is a pipe or a device\n  expected a file name");
        } else if (isReadOnly()) {
            throw new IOException("the file is read-only\n  fix: choose another name, or make the file writable");
        }
    }

    /** Whether the file has no permission to write at all, or none for this process; the superuser always has one. */
    private boolean isReadOnly() throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return !Files.isWritable(path)
                || (posix != null
                        && posix.readAttributes().permissions().stream()
                                .noneMatch(permission -> permission.name().endsWith("WRITE")));
    }

    /** Gives the permissions and the group of this file, if it exists, to another. */
    void givePermissionsTo(Path other) throws IOException {
        PosixFileAttributeView own = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (own == null || !Files.exists(path)) {
            return;
        }
        PosixFileAttributes attributes = own.readAttributes();
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        permissions.addAll(attributes.permissions());
        PosixFileAttributeView others = Files.getFileAttributeView(other, PosixFileAttributeView.class);
        try {
            others.setGroup(attributes.group());
        } catch (IOException notAMember) {
            // the permissions were given to that group, not to the group of this process
            permissions.removeIf(permission -> permission.name().startsWith("GROUP"));
        }
        others.setPermissions(permissions);
    }
}
