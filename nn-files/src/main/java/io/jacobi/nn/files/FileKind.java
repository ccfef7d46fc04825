package io.jacobi.nn.files;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Files of other formats that people give to a reader by mistake, as their first bytes show. A message about the
 * length of a header that such bytes seem to state would not help.
 */
public enum FileKind {
    ZIP(
            "a zip, like the files of torch.save and numpy.savez",
            "if it is a .pt file, store its state_dict with safetensors.torch.save_file; if it is an .npz file, use Npz.open",
            "PK"),
    PICKLE(
            "a pickle, like the files of torch.save",
            "store the state_dict with safetensors.torch.save_file",
            "\u0080[\u0002-\u0005]"),
    HDF5("an HDF5 file, like the files of Keras", "store the arrays with numpy.savez", "\u0089HDF"),
    NPY("a .npy file", "read it with Npy.read", "\u0093NUMPY"),
    GZIP("a gzip file", "unpack it with gunzip", "\u001f\u008b"),
    LFS_POINTER("a pointer of Git LFS", "fetch the file itself: git lfs pull", "version https://git-lfs"),
    WEB_PAGE("a page of the web", "download the file itself", "<(!DOCTYPE|!doctype|html)");

    /** The number of bytes that {@link #of} needs. */
    public static final int BYTES = 23;

    private final String description;
    private final String fix;
    /** A regular expression. */
    private final String start;

    FileKind(String description, String fix, String start) {
        this.description = description;
        this.fix = fix;
        this.start = start;
    }

    /** The kind of a file that begins with these bytes, if it is one of these kinds. */
    public static Optional<FileKind> of(byte[] start) {
        String text = new String(start, StandardCharsets.ISO_8859_1);
        return Arrays.stream(values())
                .filter(kind -> Pattern.compile(kind.start).matcher(text).lookingAt())
                .findFirst();
    }

    /** What the file is, with an article. */
    public String description() {
        return description;
    }

    /** What to do with the file. */
    public String fix() {
        return fix;
    }
}
