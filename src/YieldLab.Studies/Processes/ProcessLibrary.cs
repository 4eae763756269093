using YamlDotNet.RepresentationModel;
using YieldLab.Circuits.Technology;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Processes;

/// <summary>
/// Process cards: those that are built in and those of a user. In a card file each parameter stands with its source,
/// <c>slope_factor: { value: 1.4, source: "..." }</c>; a card of one's own may give the value alone.
/// </summary>
public static class ProcessLibrary
{
    private const string Resources = "processes/";
    private static readonly string[] TextKeys = ["name", "title", "origin", "licence", "valid", "omits"];

    /// <summary>Names of the built-in cards.</summary>
    public static IReadOnlyList<string> Names =>
        [
            .. typeof(ProcessLibrary)
                .Assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(Resources, StringComparison.Ordinal))
                .Select(Path.GetFileNameWithoutExtension)
                .OfType<string>()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>The text of a built-in card's file.</summary>
    /// <exception cref="StudyException">There is none of that name.</exception>
    public static string Text(string name)
    {
        using Stream stream =
            typeof(ProcessLibrary).Assembly.GetManifestResourceStream($"{Resources}{name}.yaml")
            ?? throw new StudyException($"unknown process card '{name}'{NearestName.Hint(name, Names)}");
        return new StreamReader(stream).ReadToEnd();
    }

    /// <summary>The text of a card's file, built-in or a user's own.</summary>
    /// <param name="card">Name or path, as a study has it.</param>
    /// <exception cref="StudyException">There is none, or the file is no card.</exception>
    public static string TextOf(string card)
    {
        if (!IsPath(card))
            return Text(card);
        YamlFile file = YamlFile.Read(card);
        Bind(file);
        return file.Text;
    }

    /// <summary>The one-line title of a built-in card.</summary>
    public static string Title(string name) =>
        ((YamlScalarNode)YamlFile.Parse(name, Text(name)).Root.Children["title"]).Value!;

    /// <summary>A built-in card.</summary>
    public static ProcessCard Card(string name) => Bind(YamlFile.Parse($"{name}.yaml", Text(name)));

    /// <summary>The card of a study.</summary>
    internal static ProcessCard Load(ProcessSettings settings, string folder, YamlFile study, YamlNode place)
    {
        YamlFile file = IsPath(settings.Card)
            ? Open(settings.Card, folder, study, place)
            : BuiltIn(settings.Card, study, place);
        if (settings.Override is not null)
            Merge(file, file.Root, settings.Override, study);
        ProcessCard card = Bind(file);
        if (CornerProblem(card.Corners) is { } problem)
            throw ErrorAt("corners", problem);
        try
        {
            _ = new GlobalVariation(card);
            return card;
        }
        catch (ArgumentException e)
        {
            throw ErrorAt("correlations", e.Message);
        }

        StudyException ErrorAt(string key, string message) =>
            settings.Override?.Children.TryGetValue(key, out YamlNode? changed) == true
                ? study.Error(changed, $"process.override.{key}", message)
                : study.Error(place, "process.card", $"{settings.Card}: {message}");
    }

    private static string? CornerProblem(IReadOnlyList<ProcessCorner> corners)
    {
        if (corners.Any(corner => corner.Name.Length == 0))
            return "a corner has no name; expected such as ff";
        if (corners.Any(corner => corner.Name == ProcessCorner.Typical))
            return $"the corner {ProcessCorner.Typical} is always there, without shifts; expected another name";
        return corners.CountBy(corner => corner.Name).FirstOrDefault(name => name.Value > 1) is { Key: { } twice }
            ? $"the corner {twice} is given twice"
            : null;
    }

    /// <summary>Whether a card is given by the path of its file: no built-in name looks like one.</summary>
    public static bool IsPath(string card) =>
        card.IndexOfAny(['/', '\\']) >= 0
        || card.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || card.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    private static YamlFile Open(string card, string folder, YamlFile study, YamlNode place)
    {
        string path = Path.Combine(folder, card);
        if (Directory.Exists(path))
            throw study.Error(place, "process.card", $"{path} is a folder; expected a file");
        return File.Exists(path)
            ? YamlFile.Read(path)
            : throw study.Error(place, "process.card", $"there is no file {path}");
    }

    private static YamlFile BuiltIn(string name, YamlFile study, YamlNode place) =>
        Names.Contains(name)
            ? YamlFile.Parse($"{name}.yaml", Text(name))
            : throw study.Error(place, "process.card", $"unknown card '{name}'{NearestName.Hint(name, Names)}");

    private static ProcessCard Bind(YamlFile file)
    {
        foreach (string key in TextKeys)
            file.Root.Children.Remove(key);
        DropSources(file.Root);
        return new YamlBinder(file).Bind<ProcessCard>(file.Root);
    }

    // { value: x, source: y } becomes x; a correlation keeps its value and loses its source.
    private static void DropSources(YamlMappingNode node)
    {
        foreach (var (key, child) in node.Children.ToList())
        {
            if (child is YamlSequenceNode list)
                foreach (YamlMappingNode item in list.Children.OfType<YamlMappingNode>())
                    item.Children.Remove("source");
            else if (child is YamlMappingNode mapping && mapping.Children.TryGetValue("value", out YamlNode? value))
                node.Children[key] = value;
            else if (child is YamlMappingNode section)
                DropSources(section);
        }
    }

    // Mistakes in a change are found when the whole card is bound, and reported where they stand in the study.
    private static void Merge(YamlFile file, YamlMappingNode card, YamlMappingNode changes, YamlFile study)
    {
        foreach (var (key, change) in changes.Children)
            if (
                change is YamlMappingNode section
                && card.Children.TryGetValue(key, out YamlNode? old)
                && old is YamlMappingNode target
            )
            {
                Merge(file, target, section, study);
            }
            else
            {
                card.Children.Remove(key);
                card.Children.Add(key, change);
                file.Adopt(key, study, "process.override");
                file.Adopt(change, study, "process.override");
            }
    }
}
