using System.CommandLine;
using System.Globalization;
using YieldLab.Cli.Output;
using YieldLab.MonteCarlo.Runs;
using YieldLab.Reports;
using YieldLab.Studies;
using YieldLab.Studies.Dies;
using YieldLab.Studies.Runs;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Cli.Commands;

/// <summary>Arguments that several commands share.</summary>
internal static class Shared
{
    public static Argument<string> Study() => new("STUDY") { Description = "Study file (YAML)" };

    /// <summary>The folder of a stored run.</summary>
    public static Argument<string> Run(string name = "DIR") => new(name) { Description = "Folder of a stored run" };

    /// <summary>A point of a sweep; <see cref="Stored"/> takes it.</summary>
    /// <param name="name">The option.</param>
    /// <param name="run">Which run's, where there are several.</param>
    public static Option<int?> Point(string name = "--point", string run = "") =>
        Number<int?>(
            name,
            "N",
            $"Point of a sweep{run}, from 0",
            text => Whole(text) is >= 0 and <= int.MaxValue and var number ? (int)number : null,
            "a whole number from 0"
        );

    /// <summary>The study of a stored run; <see cref="StoredStudy.Of"/> takes it.</summary>
    public static Option<string?> StudyOfRun() =>
        new("--study")
        {
            Description = "Study file of the run, where it is no longer where it was",
            HelpName = "STUDY",
        };

    /// <summary>Confidence where none is asked for.</summary>
    public const double UsualConfidence = 0.95;

    /// <summary>Confidence of the intervals.</summary>
    public static Option<double?> Confidence(string description = "Confidence of the intervals (default: 95 %)") =>
        Number<double?>(
            "--confidence",
            "SHARE",
            description,
            text => Share(text),
            "between 0 and 1, such as 0.95 or 95 %"
        );

    /// <summary>A share above 0 and below 1, or null.</summary>
    public static double? Share(string text) =>
        Quantity.TryParse(text, "1", out double share, out _) && share is > 0 and < 1 ? share : null;

    /// <summary>Probabilities of quantiles, each once.</summary>
    public static Option<double[]> Quantiles(string description) =>
        new("--quantile")
        {
            Description = description,
            HelpName = "SHARE,...",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
            {
                var shares = new List<double>();
                foreach (string text in Names([.. result.Tokens.Select(token => token.Value)]))
                    if (Share(text) is { } share)
                        shares.Add(share);
                    else
                        result.AddError(
                            $"--quantile: '{text}' is not allowed; expected between 0 and 1, such as 0.01 or 1 %"
                        );
                return [.. shares.Distinct()];
            },
        };

    /// <summary>Metrics by name; all where none is named.</summary>
    public static Option<string[]> Metric(string description) =>
        new("--metric")
        {
            Description = description,
            HelpName = "accuracy,...",
            Arity = ArgumentArity.OneOrMore,
        };

    /// <summary>What stands in values that are separated by commas.</summary>
    public static IReadOnlyList<string> Names(string[]? values) =>
        [
            .. (values ?? []).SelectMany(value =>
                value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            ),
        ];

    /// <summary>Columns of metrics by their names; all of them where none is named.</summary>
    /// <exception cref="StudyException">There is no such metric.</exception>
    public static IReadOnlyList<Column> Metrics(IReadOnlyList<Column> known, IReadOnlyList<string> names)
    {
        Column Find(string name) =>
            known.FirstOrDefault(column => column.Name == name)
            ?? throw new StudyException(
                $"--metric: unknown metric '{name}'{NearestName.Hint(name, known.Select(column => column.Name))}"
            );
        return names.Count == 0 ? known : [.. names.Distinct().Select(Find)];
    }

    /// <summary>Columns of metrics by their names; those of the specifications where none is named.</summary>
    /// <exception cref="StudyException">There is no such metric.</exception>
    public static IReadOnlyList<Column> MetricsOrSpecified(
        IReadOnlyList<Column> known,
        IReadOnlyList<Spec> specs,
        string[]? values
    )
    {
        IReadOnlyList<string> names = Names(values);
        return Metrics(known, names.Count > 0 ? names : [.. specs.Select(spec => spec.Metric)]);
    }

    public static Option<string[]> Set() =>
        new("--set")
        {
            Description =
                "Set a key of the study, such as training.epochs=20, or several, design.cells.*.width=3um; may be repeated",
            HelpName = "key=value",
            Arity = ArgumentArity.OneOrMore,
        };

    public static Option<string[]> Sweep() =>
        new("--sweep")
        {
            Description = "Sweep a key over values, such as training.l2=[0.001, 0.01]; may be repeated",
            HelpName = "key=VALUES",
            Arity = ArgumentArity.OneOrMore,
        };

    public static Option<long?> Samples() =>
        Number<long?>(
            "--samples",
            "N",
            "Number of dies, instead of the study's",
            text => Whole(text),
            "a whole number, such as 1000"
        );

    public static Option<long?> Seed() =>
        Number<long?>(
            "--seed",
            "S",
            "Seed of the silicon, instead of the study's",
            text => Whole(text),
            "a whole number, such as 1"
        );

    public static Option<long?> Die() =>
        Number<long?>("--die", "K", "Index of the die", text => Whole(text), "a whole number from 0");

    public static Option<int?> Examples() =>
        Number<int?>(
            "--examples",
            "N",
            $"Number of presentations, at most an epoch (default: {DieCase.UsualPresentations})",
            text => Count(text, int.MaxValue),
            "a whole number from 1"
        );

    public static Option<int?> Threads(string description) =>
        Number<int?>("--threads", "N", description, text => Count(text, 1024), "1 to 1024");

    public static Option<bool> Quiet() => new("--quiet") { Description = "Print nothing but errors" };

    public static Option<bool> Json() => new("--json") { Description = "Print the result as JSON" };

    public static void RefuseQuietJson(Command command, Option<bool> quiet, Option<bool> json) =>
        command.Validators.Add(result =>
        {
            if (result.GetValue(quiet) && result.GetValue(json))
                result.AddError("--json prints the result and --quiet prints nothing; expected one of them");
        });

    public static Verbosity VerbosityOf(ParseResult parsed, Option<bool> quiet, Option<bool> json) =>
        parsed.GetValue(quiet) ? Verbosity.Quiet
        : parsed.GetValue(json) ? Verbosity.Json
        : Verbosity.Full;

    /// <summary>An option that takes a number.</summary>
    /// <param name="name">The option.</param>
    /// <param name="placeholder">Its value in the help.</param>
    /// <param name="description">Its help.</param>
    /// <param name="parse">The number, or null where the text is none that is allowed.</param>
    /// <param name="expected">What the message says was expected.</param>
    public static Option<T> Number<T>(
        string name,
        string placeholder,
        string description,
        Func<string, T?> parse,
        string expected
    ) =>
        new(name)
        {
            Description = description,
            HelpName = placeholder,
            CustomParser = result =>
            {
                string text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
                if (parse(text) is { } value)
                    return value;
                result.AddError($"{name}: '{text}' is not allowed; expected {expected}");
                return default;
            },
        };

    /// <summary>An option that a shell completes with these values, and not with the names that its type has in the code.
    /// </summary>
    public static Option<T> Completed<T>(Option<T> option, params string[] values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(values);
        return option;
    }

    /// <summary>A whole number, or null.</summary>
    public static long? Whole(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    /// <summary>A whole number from 1 to a limit, or null.</summary>
    public static int? Count(string text, int most) =>
        Whole(text) is { } count && count >= 1 && count <= most ? (int)count : null;

    /// <summary>Reads a case file, or standard input where it is given as a dash.</summary>
    public static DieCase Case(string path) =>
        CaseJson.Read(path, path == "-" ? Console.In.ReadToEnd() : UserFile.ReadText(path));

    /// <summary>Tells on standard error what a study computes beyond where it is right.</summary>
    public static void Warn(string place, string warning) =>
        Console.Error.WriteLine($"yieldlab: warning: {place}: {warning}");

    /// <summary>Tells on standard error that a command looks at one setting of a study that has several.</summary>
    public static void WarnOfSweep(StudyFile study)
    {
        if (study.Study.Sweep is not null)
            Warn(study.Path, "its sweep plays no part here; --set gives the values of a point");
    }

    /// <summary>Makes a folder that an option names.</summary>
    /// <exception cref="StudyException">It cannot be made.</exception>
    public static void MakeFolder(string option, string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new StudyException($"{option} {folder}: cannot be made ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>A point of a stored run; tells on standard error where dies of it are missing.</summary>
    /// <exception cref="IOException">See <see cref="StoredPointDies.Open"/>.</exception>
    public static StoredPointDies Stored(string path, int? point, string option = "--point")
    {
        StoredPointDies stored = StoredPointDies.Open(path, point, option);
        if (!stored.Run.HasEnded)
            Warn(
                path,
                $"the run is not complete ({stored.Run.Manifest["status"]}): {stored.Dies.Indices.Length} of {stored.Run.Manifest["samples"]} dies are stored; the run command goes on with it"
            );
        return stored;
    }

    /// <summary>Reads the study with all changes that the command line asks for.</summary>
    public static StudyFile Read(string path, string[]? set, long? samples, long? seed) =>
        StudyFile.Read(path, Changes(set, samples, seed));

    /// <summary>The changes that the command line asks for.</summary>
    public static IReadOnlyList<StudyChange> Changes(string[]? set, long? samples, long? seed)
    {
        var changes = (set ?? []).Select(StudyChange.Set).ToList();
        if (samples is not null)
            changes.Add(new($"samples={samples}", $"--samples {samples}"));
        if (seed is not null)
            changes.Add(new($"seed={seed}", $"--seed {seed}"));
        return changes;
    }
}
