package io.jacobi.nn.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file of another format is called by its name, and not by the length that its first bytes would mean. */
class FileKindTest {

    @TempDir
    private Path directory;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "50 4b 03 04 00 00 08 08 00 00,             it is a zip, safetensors.torch.save_file",
        "80 02 8a 0a 6c fc 9c 46 f9 20 6a a8 50 19, it is a pickle, safetensors.torch.save_file",
        "89 48 44 46 0d 0a 1a 0a 00 00 00 00,       it is an HDF5 file, numpy.savez",
        "93 4e 55 4d 50 59 01 00 76 00 7b,          it is a .npy file, Npy.read",
        "1f 8b 08 08 00 00 00 00 00 03,             it is a gzip file, gunzip"
    })
    void aModelFileIsNoOtherFile(String hex, String kind, String fix) throws IOException {
        byte[] start = HexFormat.ofDelimiter(" ").parseHex(hex);
        Path file = Files.write(directory.resolve("model.pt"), Arrays.copyOf(start, 400));

        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith(file + ": " + kind)
                .hasMessageContainingAll("expected a safetensors file", fix)
                .hasMessageNotContaining("header");
    }

    @Test
    void textInPlaceOfAFileIsNamed() {
        assertThat(FileKind.of(bytes("version https://git-lfs.github.com/spec/v1")))
                .contains(FileKind.LFS_POINTER);
        assertThat(FileKind.of(bytes("<!DOCTYPE html>"))).contains(FileKind.WEB_PAGE);
        assertThat(FileKind.of(bytes("{\"a\":1}"))).isEmpty();
        assertThat(FileKind.of(new byte[0])).isEmpty();
    }
}
