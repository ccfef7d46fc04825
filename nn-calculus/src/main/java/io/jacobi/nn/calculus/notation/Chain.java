package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.notation.Text.Binding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A product of matrices that is being assembled: its links, and the indices of its rows and columns. A vector is a
 * column, with rows only, until it is multiplied from the left.
 */
record Chain(List<Link> links, Optional<Index> row, Optional<Index> column) {

    /** A factor, possibly transposed. A {@code symmetric} factor is its own transpose; 1 ./ x has the divisor x. */
    record Link(Text text, boolean transposed, boolean symmetric, Optional<Text> divisor) {

        Link flipped() {
            return symmetric ? this : new Link(text, !transposed, false, divisor);
        }
    }

    static Chain vector(Text text, Index row) {
        return new Chain(List.of(new Link(text, false, false, Optional.empty())), Optional.of(row), Optional.empty());
    }

    static Chain matrix(Text text, Index row, Index column) {
        return new Chain(
                List.of(new Link(text, false, false, Optional.empty())), Optional.of(row), Optional.of(column));
    }

    static Chain symmetric(Text text, Index row, Index column) {
        return new Chain(List.of(new Link(text, false, true, Optional.empty())), Optional.of(row), Optional.of(column));
    }

    /** Returns 1 ./ x in place of x. */
    Chain reciprocal(Text text) {
        return new Chain(
                List.of(new Link(text, false, false, Optional.of(links.get(0).text()))), row, column);
    }

    boolean isReciprocal() {
        return links.size() == 1
                && links.get(0).divisor().isPresent()
                && !links.get(0).transposed();
    }

    boolean isVector() {
        return column.isEmpty();
    }

    /** Whether rows and columns have the same index. */
    boolean isLoop() {
        return row.equals(column);
    }

    boolean isAt(Index index) {
        return ends().anyMatch(index::equals);
    }

    Stream<Index> ends() {
        return Stream.of(row, column).flatMap(Optional::stream);
    }

    Chain transposed() {
        List<Link> flipped = new ArrayList<>(links.stream().map(Link::flipped).toList());
        Collections.reverse(flipped);
        return new Chain(flipped, column, row);
    }

    /** The chain, transposed if necessary so that its rows have this index. */
    Chain startingAt(Index index) {
        return row.filter(index::equals).isPresent() ? this : transposed();
    }

    /** The chain, transposed if necessary so that its columns have this index. */
    Chain endingAt(Index index) {
        return column.filter(index::equals).isPresent() ? this : transposed();
    }

    /** The matrix product of this and another, whatever their indices. */
    Chain times(Chain right) {
        List<Link> all = new ArrayList<>(links);
        all.addAll(right.links);
        return new Chain(all, row, right.column);
    }

    /** The text of the product, preceded by the given numbers. */
    Text text(List<Text> numbers, Style style) {
        if (links.size() == 1 && numbers.isEmpty()) {
            Link only = links.get(0);
            return only.transposed()
                    ? new Text(style.transposed(only.text().within(Binding.ATOM, style)), Binding.POWER)
                    : only.text();
        }
        if (links.isEmpty() && numbers.size() == 1) {
            return numbers.get(0);
        }
        List<String> factors = new ArrayList<>();
        numbers.forEach(number -> factors.add(number.within(Binding.POWER, style)));
        for (Link link : links) {
            factors.add(
                    link.transposed()
                            ? style.transposed(link.text().within(Binding.ATOM, style))
                            : link.text().within(Binding.POWER, style));
        }
        return new Text(style.product(factors), Binding.PRODUCT);
    }
}
