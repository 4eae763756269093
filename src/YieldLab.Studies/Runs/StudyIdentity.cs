using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Runs;

/// <summary>What the rows of a study depend on beside the index of the die: two runs with the same identity have the same
/// rows and may share a folder.</summary>
internal static class StudyIdentity
{
    /// <summary>Key of the program's version.</summary>
    public const string Program = "program";

    /// <summary>Key of the identity of one point in a few characters.</summary>
    public const string HashKey = "identity_sha256";

    // How many dies are run and why no more, what they cost, and what the study is called are not the dies.
    private static readonly string[] NotOfTheDies =
    [
        "name",
        "description",
        "samples",
        "stop",
        "sweep",
        "cost",
        "data.file",
        "sampling.table",
        "process",
    ];

    /// <summary>The version of the program that computes dies now.</summary>
    public static string ThisProgram => $"yieldlab {StudyRun.Version}";

    /// <summary>The identity of one point.</summary>
    /// <param name="study">The point.</param>
    /// <param name="program">The version whose rows they are.</param>
    public static JsonObject Of(PreparedStudy study, string program)
    {
        var settings = (JsonObject)SettingsJson.Of(study.File.Study)!;
        foreach (string key in NotOfTheDies)
            Remove(settings, key);
        settings[Program] = program;
        settings["process"] = SettingsJson.Of(study.File.Card);
        settings["data"]!["sha256"] = study.Problem.Sha256;
        if (study.Table is { } table)
            settings["sampling"]!["table_sha256"] = table.Sha256;
        // Points that depend on how many there are.
        if (!study.IsExtensible)
            settings["samples"] = study.File.Study.Samples;
        return settings;
    }

    /// <summary>What all points of a sweep have in common.</summary>
    public static JsonObject Common(PreparedStudy study, IEnumerable<SweptKey> keys, string program)
    {
        JsonObject identity = Of(study, program);
        foreach (string key in keys.Select(key => key.Key))
            if (key.StartsWith("process.override.", StringComparison.Ordinal))
                Remove(identity, $"process.{key["process.override.".Length..]}");
            else
                Remove(
                    identity,
                    key == "process.card" ? "process"
                        : key == "data.file" ? "data.sha256"
                        : key
                );
        return identity;
    }

    /// <summary>The identity of one point in a few characters.</summary>
    public static string Hash(PreparedStudy study, string program) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(study, program).ToJsonString())));

    private static void Remove(JsonObject json, string key)
    {
        string[] path = key.Split('.');
        JsonObject? section = json;
        foreach (string part in path[..^1])
            section = section?[part] as JsonObject;
        section?.Remove(path[^1]);
    }
}
