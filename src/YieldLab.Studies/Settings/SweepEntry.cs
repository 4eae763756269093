using YamlDotNet.RepresentationModel;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Settings;

/// <summary>A key of a sweep as it stands in the file or in an option.</summary>
/// <param name="Section">The section of the file around it; empty in an option.</param>
/// <param name="Key">Path of the key, such as training.l2.</param>
/// <param name="Place">Where the key stands.</param>
/// <param name="Values">A list or a range.</param>
/// <param name="InStep">Whether its values go in step with those of other keys.</param>
internal sealed record SweepEntry(string Section, string Key, YamlNode Place, YamlNode Values, bool InStep = false)
{
    private const string Cross = "sweep.cross";
    private const string Zip = "sweep.zip";

    /// <summary>How messages name it.</summary>
    public string Path => Section.Length == 0 ? Key : $"{Section}.{Key}";

    /// <summary>The sweep of a file, crossed keys first, with what options add: a key that stands in the file takes an
    /// option's values, and keeps its place among the crossed keys where it has one.</summary>
    public static IReadOnlyList<SweepEntry> Of(YamlFile file, IReadOnlyList<StudyChange> sweeps)
    {
        List<SweepEntry> entries = [.. InFile(file)];
        foreach (StudyChange sweep in sweeps)
        {
            SweepEntry entry = InOption(file, sweep);
            entries.RemoveAll(old => old.InStep && old.Key == entry.Key);
            int place = entries.FindIndex(old => old.Key == entry.Key);
            if (place >= 0)
                entries[place] = entry;
            else
                entries.Insert(entries.Count(old => !old.InStep), entry);
        }
        return entries;
    }

    private static IEnumerable<SweepEntry> InFile(YamlFile file)
    {
        if (!file.Root.Children.TryGetValue("sweep", out YamlNode? section))
            return [];
        var sweep = new YamlBinder(file).Bind<SweepSettings>(section, "sweep");
        SweepEntry[] cross = [.. InSection(file, sweep.Cross, Cross)];
        SweepEntry[] zip = [.. InSection(file, sweep.Zip, Zip)];
        if (zip.FirstOrDefault(entry => cross.Any(other => other.Key == entry.Key)) is { } twice)
            throw file.Error(twice.Place, twice.Path, $"stands under {Cross} too");
        return cross.Concat(zip);
    }

    private static IEnumerable<SweepEntry> InSection(YamlFile file, YamlMappingNode? section, string name)
    {
        foreach (var (key, values) in section ?? new YamlMappingNode())
            yield return key is YamlScalarNode { Value: { } path }
                ? new SweepEntry(name, path, key, values, name == Zip)
                : throw file.Error(key, name, "expected a key, such as training.learning_rate");
    }

    /// <summary>A key with its values as an option gives them.</summary>
    public static SweepEntry InOption(YamlFile file, StudyChange sweep)
    {
        int equals = sweep.Setting.IndexOf('=');
        string key = equals < 0 ? "" : sweep.Setting[..equals].Trim();
        if (key.Length == 0)
            throw new StudyException(
                $"{sweep.Origin}: expected key=[values], such as {sweep.Origin.Split(' ')[0]} \"training.l2=[0.001, 0.01]\""
            );
        if (key.Contains(',') || key.Contains('*'))
            throw new StudyException(
                $"{sweep.Origin}: expected one key; several that go in step stand in the study under sweep.zip"
            );
        YamlNode values = file.ValueOf(sweep.Origin, sweep.Setting[(equals + 1)..]);
        return new("", key, values, values);
    }
}
