using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Studies.Settings;

namespace YieldLab.Studies.Runs;

/// <summary>The study of a stored run, so that its dies can be drawn and trained again.</summary>
public static class StoredStudy
{
    /// <summary>Works out the study of a point of a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="point">One of its points.</param>
    /// <param name="path">The study's file; null for the one that the run was made of, where it stood then as seen from the
    /// run's folder.</param>
    /// <exception cref="StudyException">The file is not there, or is no longer that of the run.</exception>
    public static PreparedStudy Of(StoredRun run, StoredPoint point, string? path = null)
    {
        PreparedStudy study = PreparedStudy.Of(StudyFile.Read(FileOf(run, path), Changes(run, point)));
        Refuse(run, point, study);
        return study;
    }

    /// <summary>The study's file, which is there.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file; null for <see cref="PathOf"/>.</param>
    /// <exception cref="StudyException">It is not there, or the run does not say where.</exception>
    private static string FileOf(StoredRun run, string? path)
    {
        string file = path ?? PathOf(run);
        return File.Exists(file)
            ? file
            : throw new StudyException(
                $"{run.Path}: its study is not at {file}; expected the file that the run was made of, name it with --study"
            );
    }

    /// <summary>Where the study's file stood when the run was made, as a path from the current folder.</summary>
    /// <exception cref="StudyException">The run does not say.</exception>
    public static string PathOf(StoredRun run) =>
        run.Manifest["study"]![StudyManifest.File] is { } file
            ? Path.GetRelativePath(".", Path.Combine(run.Path, (string)file!))
            : throw new StudyException(
                $"{run.Path}: the run was written by a version of the program that did not note where its study is; name it with --study"
            );

    /// <summary>The keys that were set in the study's file for all points, "key=value".</summary>
    public static IReadOnlyList<string> Changes(StoredRun run) => Changes(run.Manifest["study"]!);

    /// <summary>The keys that are set in the study's file to make a point of it, "key=value".</summary>
    public static IReadOnlyList<string> Changes(StoredRun run, StoredPoint point) =>
        point.Name.Length == 0 ? Changes(run) : Changes(run.About(point));

    /// <summary>What the command line swept beside the study's file, "key=[...]"; null where an older version of the program did
    /// not note it.</summary>
    public static IReadOnlyList<string>? Sweeps(StoredRun run) =>
        run.Manifest["study"]![StudyManifest.Sweeps] is { } sweeps ? Texts(sweeps) : null;

    private static IReadOnlyList<string> Changes(JsonNode about) => Texts(about[StudyManifest.Changes]!);

    private static IReadOnlyList<string> Texts(JsonNode texts) => [.. texts.AsArray().Select(text => (string)text!)];

    // Its rows must be those of the run, whatever version of the program made them.
    private static void Refuse(StoredRun run, StoredPoint point, PreparedStudy study)
    {
        string program = (string)run.Manifest["program"]!;
        if ((string?)run.About(point)[StudyIdentity.HashKey] == StudyIdentity.Hash(study, program))
            return;
        string? difference =
            point.Name.Length == 0
                ? JsonDifference.Of(run.Manifest["identity"]!.AsObject(), StudyIdentity.Of(study, program))
                : null;
        throw new StudyException(
            $"{study.File.Path}: not the study of {run.Path}{(difference is null ? "" : $": {difference}")}; expected the file as it was, name it with --study"
        );
    }
}
