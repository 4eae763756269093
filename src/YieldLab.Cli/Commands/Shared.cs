using System.CommandLine;
using YieldLab.Studies.Settings;

namespace YieldLab.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Shared
{
    public static Argument<string> Study() => new("STUDY") { Description = "Study file (YAML)" };

    public static Option<string[]> Set() =>
        new("--set")
        {
            Description = "Set a key of the study, such as training.epochs=20; may be repeated",
            HelpName = "key=value",
            Arity = ArgumentArity.OneOrMore,
        };

    public static Option<long?> Samples() =>
        new("--samples") { Description = "Number of dies, instead of the study's", HelpName = "N" };

    public static Option<long?> Seed() =>
        new("--seed") { Description = "Seed of the silicon, instead of the study's", HelpName = "S" };

    /// <summary>Reads the study with all changes that the command line asks for.</summary>
    public static StudyFile Read(string path, string[]? set, long? samples, long? seed)
    {
        var changes = new List<string>(set ?? []);
        if (samples is not null)
            changes.Add($"samples={samples}");
        if (seed is not null)
            changes.Add($"seed={seed}");
        return StudyFile.Read(path, changes);
    }
}
