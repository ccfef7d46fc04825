package io.jacobi.nn.files.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Dates and times as tables write them. A time with a zone or an offset is moved to UTC; one without is kept as it is. */
public final class DateText {

    /** ISO 8601: {@code 2024-03-01}, {@code 2024-03-01T12:30:00}, also with a space, an offset or {@code Z}. */
    public static final String ISO = "ISO";

    /** The longest pattern, because a file may come from anyone and its pattern is compiled. */
    private static final int MAX_PATTERN = 100;

    private final String pattern;

    /** Null for {@link #ISO}. */
    private final @Nullable DateTimeFormatter formatter;

    private DateText(String pattern) {
        this.pattern = pattern;
        this.formatter = pattern.equals(ISO) ? null : DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }

    /**
     * Returns a reader of dates in a pattern, {@link #ISO} or one of {@link DateTimeFormatter}. Compiling a pattern takes
     * longer than reading a date, so keep it for all cells of a column.
     *
     * @throws IllegalArgumentException if it is no pattern
     */
    public static DateText in(String pattern) {
        return new DateText(pattern);
    }

    /** How the texts are written. */
    public String pattern() {
        return pattern;
    }

    /**
     * Checks that dates can be read in a pattern.
     *
     * @throws IllegalArgumentException if it is neither {@link #ISO} nor a pattern of {@link DateTimeFormatter}
     */
    static void requirePattern(String column, String pattern) {
        if (!isPattern(pattern)) {
            throw new IllegalArgumentException(
                    "Column " + TableException.quote(column) + " has the pattern " + TableException.quote(pattern)
                            + "\n  expected " + ISO + ", or a pattern of DateTimeFormatter such as dd.MM.uuuu");
        }
    }

    private static boolean isPattern(String pattern) {
        try {
            return pattern.equals(ISO)
                    || (pattern.length() <= MAX_PATTERN && DateTimeFormatter.ofPattern(pattern, Locale.ROOT) != null);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The time of a text in the pattern; empty if it is none. */
    public Optional<LocalDateTime> parse(String text) {
        try {
            return Optional.of(formatter == null ? iso(text) : formatted(text, formatter));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** The date in a cell that is not missing, if it is one; a time with a zone or an offset in UTC. */
    public Optional<LocalDateTime> find(Object cell) {
        if (cell instanceof LocalDateTime date) {
            return Optional.of(date);
        } else if (cell instanceof LocalDate date) {
            return Optional.of(date.atStartOfDay());
        } else if (cell instanceof Instant instant) {
            return Optional.of(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        } else if (cell instanceof OffsetDateTime date) {
            return Optional.of(LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC));
        } else if (cell instanceof ZonedDateTime date) {
            return Optional.of(LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC));
        }
        return parse(Cell.text(cell));
    }

    private static LocalDateTime iso(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        if (iso.length() <= 10) {
            return LocalDate.parse(iso).atStartOfDay();
        }
        return DateTimeFormatter.ISO_DATE_TIME.parse(iso, time -> {
            LocalDateTime local = LocalDateTime.from(time);
            return time.isSupported(ChronoField.OFFSET_SECONDS)
                    ? OffsetDateTime.from(time)
                            .withOffsetSameInstant(ZoneOffset.UTC)
                            .toLocalDateTime()
                    : local;
        });
    }

    private static LocalDateTime formatted(String text, DateTimeFormatter formatter) {
        return formatter.parse(text, time -> {
            LocalDate date = LocalDate.from(time);
            return time.isSupported(ChronoField.SECOND_OF_DAY)
                    ? LocalDateTime.of(date, LocalTime.from(time))
                    : date.atStartOfDay();
        });
    }
}
