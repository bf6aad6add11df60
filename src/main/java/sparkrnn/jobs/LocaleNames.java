package sparkrnn.jobs;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * "Which language is this name in": the names of countries, languages, currencies, months and
 * weekdays in many languages, which every JDK with its locale data has.
 *
 * <p>Columns: name, language. Names that are the same in several languages are left out, and so is
 * what the JDK has no translation of.
 */
final class LocaleNames {

  private static final List<String> LANGUAGES =
      List.of(
          "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "hr", "hu", "id", "it", "lt", "lv",
          "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sv", "tr", "uk", "vi");

  private static final StructType SCHEMA =
      new StructType()
          .add("name", DataTypes.StringType, false)
          .add("language", DataTypes.StringType, false);

  private LocaleNames() {}

  /**
   * All names with their languages, in alphabetical order.
   *
   * @throws JobException if this Java has the names of one language only
   */
  static Dataset<Row> rows(SparkSession spark) {
    Map<String, Set<String>> languages = new TreeMap<>();
    for (String language : LANGUAGES) {
      for (String name : names(Locale.forLanguageTag(language))) {
        languages.computeIfAbsent(name, unseen -> new TreeSet<>()).add(language);
      }
    }
    List<Row> rows = new ArrayList<>();
    languages.forEach(
        (name, of) -> {
          if (of.size() == 1) {
            rows.add(RowFactory.create(name, of.iterator().next()));
          }
        });
    if (rows.stream().map(row -> row.getString(1)).distinct().count() < 2) {
      throw new JobException(
          "this Java has no names in other languages; data.source \"locale-names\" needs the module"
              + " jdk.localedata, which every full JDK has. Take another JDK.");
    }
    return spark.createDataFrame(rows, SCHEMA);
  }

  private static Set<String> names(Locale language) {
    Set<String> names = new TreeSet<>();
    for (String country : Locale.getISOCountries()) {
      Locale locale = new Locale.Builder().setRegion(country).build();
      add(names, locale.getDisplayCountry(language), country);
    }
    for (String code : Locale.getISOLanguages()) {
      Locale locale = new Locale.Builder().setLanguage(code).build();
      add(names, locale.getDisplayLanguage(language), code);
    }
    for (Currency currency : Currency.getAvailableCurrencies()) {
      add(names, currency.getDisplayName(language), currency.getCurrencyCode());
    }
    for (Month month : Month.values()) {
      add(names, month.getDisplayName(TextStyle.FULL_STANDALONE, language), "");
    }
    for (DayOfWeek day : DayOfWeek.values()) {
      add(names, day.getDisplayName(TextStyle.FULL_STANDALONE, language), "");
    }
    return names;
  }

  /** Java shows the code itself where it has no name. */
  private static void add(Set<String> names, String name, String code) {
    String plain = name.strip();
    if (!plain.isEmpty() && !plain.equals(code) && plain.chars().noneMatch(Character::isDigit)) {
      names.add(plain);
    }
  }
}
