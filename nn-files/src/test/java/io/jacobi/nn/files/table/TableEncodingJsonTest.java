package io.jacobi.nn.files.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.jacobi.nn.files.JsonValue;
import io.jacobi.nn.files.ModelFormatException;
import io.jacobi.nn.files.RecordJson;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TableEncodingJsonTest {

    private static final Scaling SCALING = new Scaling(0.1, 1e-300, 1.0 / 3, true);

    static Stream<TableEncoding> encodings() {
        List<ColumnEncoding> columns = List.of(
                new NumberEncoding("number", NumberTransform.LOG, SCALING, true),
                new OrdinalEncoding("ordered", List.of("S", "M"), SCALING),
                new OneHotEncoding("category", List.of("a", "\"\n"), true, false),
                new IndexEncoding("many", List.of("x", "y")),
                new WordsEncoding("words", List.of("one", "two")),
                new HashEncoding("hashed", 16),
                new DateEncoding("date", "dd.MM.uuuu", true, SCALING));
        return Stream.of(
                        new ClassTarget("class", List.of("no", "yes")),
                        new LabelsTarget(List.of("one", "two")),
                        new NumbersTarget(List.of(new NumbersTarget.Column("price", NumberTransform.LOG, 2, 3, false))))
                .map(target -> new TableEncoding(columns, target, List.of("id")));
    }

    @ParameterizedTest
    @MethodSource("encodings")
    void isReadAsItWasWritten(TableEncoding encoding) throws ModelFormatException {
        assertThat(TableEncoding.fromJson(encoding.toJson())).isEqualTo(encoding);
    }

    @Test
    void everyEncodingHasAnExampleHere() {
        TableEncoding first = encodings().findFirst().orElseThrow();
        assertThat(first.columns().stream().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrder(ColumnEncoding.class.getPermittedSubclasses());
        assertThat(encodings().<Class<?>>map(encoding -> encoding.target().getClass()))
                .containsExactlyInAnyOrder(TargetEncoding.class.getPermittedSubclasses());
    }

    @Test
    void anotherRecordIsRefused() throws ModelFormatException {
        JsonValue json = new RecordJson(TableTypes.INSTANCE).toJson(new HashEncoding("x", 1));
        assertThatExceptionOfType(ModelFormatException.class)
                .isThrownBy(() -> TableEncoding.fromJson(json))
                .withMessageContaining("a kind of TableEncoding");
    }
}
