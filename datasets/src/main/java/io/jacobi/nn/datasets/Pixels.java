package io.jacobi.nn.datasets;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * The pixels of an image from 0 to 1, {@code [channels][height · width]}: one channel of grey, or red, green and blue.
 * Transparency is ignored.
 */
final class Pixels {

    private final float[][] channels;
    private final int height;
    private final int width;

    private Pixels(float[][] channels, int height, int width) {
        this.channels = channels;
        this.height = height;
        this.width = width;
    }

    /**
     * Reads a file.
     *
     * @throws IOException if it is no image that Java can decode
     */
    static Pixels read(Path file) throws IOException {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException | RuntimeException e) {
            // decoders throw almost anything for a damaged file
            throw unreadable(file, e);
        }
        if (image == null) {
            throw unreadable(file, null);
        }
        return of(image);
    }

    private static IOException unreadable(Path file, @Nullable Exception cause) {
        return new IOException(
                file + " cannot be decoded" + (cause == null ? "" : ": " + cause.getMessage())
                        + "\n  expected a PNG, JPEG, GIF or BMP image"
                        + "\n  fix: convert it, or move it out of the folder",
                cause);
    }

    static Pixels of(BufferedImage image) {
        int bands = image.getRaster().getNumBands();
        boolean grey = bands <= 2 && !(image.getColorModel() instanceof IndexColorModel);
        return new Pixels(grey ? grey(image) : rgb(image), image.getHeight(), image.getWidth());
    }

    /** The samples themselves: getRGB would take grey for linear light, and brighten it. */
    private static float[][] grey(BufferedImage image) {
        Raster raster = image.getRaster();
        float largest = (1L << raster.getSampleModel().getSampleSize(0)) - 1;
        float[] samples = raster.getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (float[]) null);
        for (int i = 0; i < samples.length; i++) {
            samples[i] /= largest;
        }
        return new float[][] {samples};
    }

    private static float[][] rgb(BufferedImage image) {
        int[] packed = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        float[][] channels = new float[3][packed.length];
        for (int i = 0; i < packed.length; i++) {
            for (int c = 0; c < 3; c++) {
                channels[c][i] = (packed[i] >> (16 - 8 * c) & 0xff) / 255f;
            }
        }
        return channels;
    }

    int channels() {
        return channels.length;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** Returns these pixels as grey (1) or as red, green and blue (3). Grey is ITU-R BT.601's luma. */
    Pixels withChannels(int number) {
        if (number == channels.length) {
            return this;
        } else if (number == 3) {
            return new Pixels(new float[][] {channels[0], channels[0], channels[0]}, height, width);
        }
        float[] luma = new float[height * width];
        for (int i = 0; i < luma.length; i++) {
            luma[i] = 0.299f * channels[0][i] + 0.587f * channels[1][i] + 0.114f * channels[2][i];
        }
        return new Pixels(new float[][] {luma}, height, width);
    }

    /** Returns these pixels in another size. A new pixel is the mean over its area in the old image. */
    Pixels resized(int newHeight, int newWidth) {
        if (newHeight == height && newWidth == width) {
            return this;
        }
        float[][] all = new float[channels.length][];
        for (int c = 0; c < all.length; c++) {
            float[] columns = new float[height * newWidth];
            for (int row = 0; row < height; row++) {
                resample(channels[c], row * width, 1, width, columns, row * newWidth, 1, newWidth);
            }
            all[c] = new float[newHeight * newWidth];
            for (int column = 0; column < newWidth; column++) {
                resample(columns, column, newWidth, height, all[c], column, newWidth, newHeight);
            }
        }
        return new Pixels(all, newHeight, newWidth);
    }

    /** Resamples one row or column: n numbers to m, each m-th part of the line with weights by how much it covers. */
    private static void resample(
            float[] from, int fromStart, int fromStep, int n, float[] to, int toStart, int toStep, int m) {
        double scale = (double) n / m;
        for (int i = 0; i < m; i++) {
            double begin = i * scale;
            double end = Math.min(n, begin + scale);
            double sum = 0;
            for (int j = (int) begin; j < end; j++) {
                sum += from[fromStart + j * fromStep] * (Math.min(end, j + 1) - Math.max(begin, j));
            }
            to[toStart + i * toStep] = (float) (sum / (end - begin));
        }
    }

    /** Copies all pixels, one channel after another, to {@code to} from position {@code at}. */
    void copyTo(float[] to, int at) {
        for (int c = 0; c < channels.length; c++) {
            System.arraycopy(channels[c], 0, to, at + c * height * width, height * width);
        }
    }
}
