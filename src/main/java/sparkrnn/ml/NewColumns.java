package sparkrnn.ml;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Columns that a stage appends, of which some may be left out. */
final class NewColumns implements Serializable {

  private static final long serialVersionUID = 1L;

  /** One column: the param that names it, its name and type. */
  private record NewColumn(String param, String name, DataType type) implements Serializable {}

  private final String stage;
  private final boolean nullable;
  private final List<NewColumn> columns = new ArrayList<>();

  /**
   * None yet.
   *
   * @param stage for messages
   * @param nullable whether a row may have none
   */
  NewColumns(String stage, boolean nullable) {
    this.stage = stage;
    this.nullable = nullable;
  }

  /** Appends a column, if it has a name. */
  NewColumns add(String param, String name, DataType type) {
    if (!name.isEmpty()) {
      columns.add(new NewColumn(param, name, type));
    }
    return this;
  }

  int size() {
    return columns.size();
  }

  /** The param that names a column. */
  String param(int column) {
    return columns.get(column).param();
  }

  /**
   * The schema with the columns at its end.
   *
   * @throws IllegalArgumentException if one of them is there already
   */
  StructType appendTo(StructType schema) {
    Set<String> names = new HashSet<>();
    StructType longer = schema;
    for (NewColumn column : columns) {
      ColumnCheck.isNew(stage, schema, column.param(), column.name());
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s: two columns are to be named \"%s\", one of them by %s; all need names of their"
                    + " own. Set %s to another name.",
                stage,
                column.name(),
                column.param(),
                column.param()));
      }
      longer = longer.add(column.name(), column.type(), nullable);
    }
    return longer;
  }
}
