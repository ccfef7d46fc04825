package io.jacobi.nn.files.table;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column of texts as a bag of words: one feature for each word of a vocabulary, which is 0 if the text does not have
 * it and else {@code 1 + log(count)}, over the norm of all of them. Other words are ignored.
 *
 * @param vocabulary the words, in lower case
 */
public record WordsEncoding(String column, List<String> vocabulary) implements ColumnEncoding {

    public WordsEncoding {
        vocabulary = List.copyOf(vocabulary);
    }

    @Override
    public List<String> features() {
        return vocabulary.stream().map(word -> column + ": " + word).toList();
    }

    @Override
    public int codes() {
        return vocabulary.size();
    }

    @Override
    public CellEncoder encoder() {
        Categories known = new Categories(column, vocabulary);
        int width = codes();
        return new CellEncoder() {
            @Override
            public void encode(@Nullable Object cell, float[] codes, int at) {
                Arrays.fill(codes, at, at + width, 0);
                if (cell != null) {
                    Words.forEach(
                            Cell.text(cell), word -> known.find(word).ifPresent(position -> codes[at + position]++));
                    Words.normalize(codes, at, width);
                }
            }

            @Override
            public void expand(float[] codes, int from, float[] features, int to) {
                System.arraycopy(codes, from, features, to, width);
            }
        };
    }
}
