package sparkrnn.linkage;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What a class file refers to by name: other classes, their methods and their fields. */
final class ConstantPool {

  private static final int MAGIC = 0xCAFEBABE;
  private static final int FIELD = 9;
  private static final int INTERFACE_METHOD = 11;

  /**
   * A method or a field.
   *
   * @param owner the class that it is looked for in, as in "java/lang/String"
   * @param ofInterface whether that class is taken for an interface; of fields nothing is said
   * @param descriptor as in "(I)Ljava/lang/String;"
   */
  record Member(String owner, boolean ofInterface, String name, String descriptor) {

    boolean isMethod() {
      return descriptor.startsWith("(");
    }

    @Override
    public String toString() {
      return owner.replace('/', '.') + "." + name + " " + descriptor;
    }
  }

  private final Object[] constants;

  private ConstantPool(Object[] constants) {
    this.constants = constants;
  }

  /** Two indexes into the pool: what most of its entries are. */
  private record Pair(int tag, int first, int second) {

    boolean isMember() {
      return tag >= FIELD && tag <= INTERFACE_METHOD;
    }
  }

  /** The index of a class's name. */
  private record ClassName(int index) {}

  /** Reads the beginning of a class file (Java Virtual Machine Specification, 4.4). */
  static ConstantPool read(InputStream classFile) throws IOException {
    DataInputStream in = new DataInputStream(classFile);
    if (in.readInt() != MAGIC) {
      throw new IOException("not a class file");
    }
    in.readInt(); // the version
    Object[] constants = new Object[in.readUnsignedShort()];
    for (int i = 1; i < constants.length; i++) {
      int tag = in.readUnsignedByte();
      constants[i] = constant(tag, in);
      if (tag == 5 || tag == 6) {
        i++; // a long or a double takes two places
      }
    }
    return new ConstantPool(constants);
  }

  private static Object constant(int tag, DataInputStream in) throws IOException {
    return switch (tag) {
      case 1 -> in.readUTF();
      case 3, 4 -> in.readInt();
      case 5, 6 -> in.readLong();
      case 7 -> new ClassName(in.readUnsignedShort());
      case 8, 16, 19, 20 -> in.readUnsignedShort();
      case FIELD, 10, INTERFACE_METHOD, 12, 17, 18 ->
          new Pair(tag, in.readUnsignedShort(), in.readUnsignedShort());
      case 15 -> new Pair(tag, in.readUnsignedByte(), in.readUnsignedShort());
      default -> throw new IOException("constant of kind " + tag);
    };
  }

  /** All classes named, arrays left out. */
  List<String> classes() {
    List<String> found = new ArrayList<>();
    for (Object constant : constants) {
      if (constant instanceof ClassName name && !text(name.index()).startsWith("[")) {
        found.add(text(name.index()));
      }
    }
    return found;
  }

  /** All methods and fields named, those of arrays left out. */
  List<Member> members() {
    List<Member> found = new ArrayList<>();
    for (Object constant : constants) {
      if (constant instanceof Pair pair && pair.isMember()) {
        String owner = text(((ClassName) constants[pair.first()]).index());
        Pair nameAndType = (Pair) constants[pair.second()];
        if (!owner.startsWith("[")) {
          found.add(
              new Member(
                  owner,
                  pair.tag() == INTERFACE_METHOD,
                  text(nameAndType.first()),
                  text(nameAndType.second())));
        }
      }
    }
    return found;
  }

  private String text(int index) {
    return (String) constants[index];
  }
}
