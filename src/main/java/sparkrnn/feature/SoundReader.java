package sparkrnn.feature;

import java.util.Locale;

/** The frames of a sound file. */
final class SoundReader implements ContentReader {

  private static final long serialVersionUID = 1L;

  private final FrameSpec spec;
  private transient FrameTransform transform;

  SoundReader(FrameSpec spec) {
    this.spec = spec;
  }

  @Override
  public float[][] read(Object content) throws UnusableContentException {
    byte[] file = (byte[]) content;
    if (file.length == 0) {
      throw new UnusableContentException(
          "is empty", "every row needs the bytes of a sound file", "Mend the row");
    }
    Sound sound = Sound.of(file);
    if (sound.sampleRate() != spec.sampleRate()) {
      throw new UnusableContentException(
          "holds sound of " + sound.sampleRate() + " hertz",
          "sampleRate is " + spec.sampleRate(),
          "Resample the file, set sampleRate to " + sound.sampleRate());
    }
    if (spec.frames(sound.samples().length) == 0) {
      throw new UnusableContentException(
          "holds " + sound.samples().length + " samples",
          String.format(
              Locale.ROOT, "a frame (windowMillis) at this rate is %d samples", spec.window()),
          "Leave the row out, lower windowMillis");
    }
    return transform().of(sound.samples());
  }

  /** Tables are made where they are used, not sent. */
  private synchronized FrameTransform transform() {
    if (transform == null) {
      transform = new FrameTransform(spec);
    }
    return transform;
  }
}
