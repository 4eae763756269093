using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>The same command again: it goes on with the run that is in its folder, or says why it cannot.</summary>
public sealed class ResumeCommandTests(ResumeCommandTests.StoredRun stored)
    : IClassFixture<ResumeCommandTests.StoredRun>
{
    private const string Advice = "choose another place with --out, or replace it with --overwrite";

    [Fact]
    public void Complete_run_again_computes_nothing_and_prints_the_same_result()
    {
        using StudyFolder folder = stored.Copy();
        string before = Snapshot(folder, "dies");
        string[] run = ["run", StudyFolder.Study, "--out", "here"];
        JsonObject again = JsonNode.Parse(folder.Run([.. run, "--json"]).Succeeded())!.AsObject();
        Assert.Equal(20, (int)again["kept"]!);
        Assert.Equal(Result(stored.Json), Result(again));
        string text = folder.Run(run).Succeeded();
        Assert.Matches(@"\n20 dies, 20 of them stored before in 0\.\d s \(0/s\), 0 failed\r?\ndata: here\r?\n\z", text);
        Assert.Equal(Lines(stored.Text), Lines(text));
        Assert.Equal(before, Snapshot(folder, "dies"));
        Assert.Equal(stored.Manifest, File.ReadAllText(folder.PathOf("here/manifest.json")));
    }

    [Fact]
    public void More_samples_extend_a_run_and_less_keep_it()
    {
        using StudyFolder folder = stored.Copy();
        string[] run = ["run", StudyFolder.Study, "--samples"];
        folder.Run([.. run, "50", "--out", "here", "--quiet"]).Succeeded();
        folder.Run([.. run, "50", "--out", "whole", "--quiet"]).Succeeded();
        Assert.Equal(Snapshot(folder, "dies", "whole"), Snapshot(folder, "dies"));
        Assert.Equal(Snapshot(folder, "epochs", "whole"), Snapshot(folder, "epochs"));
        Assert.Contains(
            "\n50 dies, 50 of them stored before in ",
            folder.Run([.. run, "30", "--out", "here"]).Succeeded()
        );
        Assert.Equal(Snapshot(folder, "dies", "whole"), Snapshot(folder, "dies"));
        Assert.Equal(50, (int)JsonNode.Parse(File.ReadAllText(folder.PathOf("here/manifest.json")))!["samples"]!);
    }

    [Theory]
    [InlineData("training.epochs is 2 there and 3 here", "--set", "training.epochs=3")]
    [InlineData("seed is 1 there and 2 here", "--seed", "2")]
    [InlineData(
        "process.mismatch.beta is 5E-09 there and 1E-08 here",
        "--set",
        "process.override.mismatch.beta=1 %*um"
    )]
    [InlineData(
        "noise.seed is absent there and 1 here; noise.shot is absent there and true here",
        "--set",
        "noise={shot: on}"
    )]
    [InlineData("nothing is swept there and training_l2 here", "--sweep", "training.l2=[0.001]")]
    [InlineData(
        "samples is absent there and 32 here; sampling.method is monte-carlo there and latin-hypercube here",
        "--samples",
        "32",
        "--set",
        "sampling.method=latin-hypercube"
    )]
    public void Another_study_is_refused_with_the_difference(string difference, params string[] changes)
    {
        stored
            .Folder.Run(["run", StudyFolder.Study, "--out", "here", .. changes])
            .IsRefusedWith($"here: the folder holds another study: {difference}; {Advice}");
        Assert.Equal(stored.Manifest, File.ReadAllText(stored.Folder.PathOf("here/manifest.json")));
    }

    [Fact]
    public void Changed_data_are_refused()
    {
        using StudyFolder folder = stored.Copy();
        folder.Write(StudyFolder.Data, StudyFolder.DataText.Replace("-0.9,0.3,x", "-0.9,0.4,x"));
        folder
            .Run("run", StudyFolder.Study, "--out", "here")
            .IsRefusedWith(
                $"here: the folder holds another study: data.sha256 differs, so what is in the file has changed; {Advice}"
            );
    }

    // Somebody edited it by hand, or another program did.
    [Theory]
    [InlineData("identity")]
    [InlineData("samples")]
    [InlineData("status")]
    [InlineData("estimate")]
    [InlineData("tables", "points")]
    public void Description_that_lacks_something_is_refused_in_one_line(params string[] key)
    {
        using StudyFolder folder = stored.Copy();
        JsonObject manifest = JsonNode.Parse(stored.Manifest)!.AsObject();
        JsonObject section = key[..^1].Aggregate(manifest, (json, part) => json[part]!.AsObject());
        Assert.True(section.Remove(key[^1]));
        folder.Write("here/manifest.json", manifest.ToJsonString());
        folder
            .Run("run", StudyFolder.Study, "--out", "here")
            .IsRefusedWith(
                $"{Path.Combine("here", "manifest.json")}: not a description that this version of the program wrote; run the study again with --overwrite"
            );
    }

    [Fact]
    public void Numbers_that_another_program_wrote_in_its_own_way_are_the_same_numbers()
    {
        using StudyFolder folder = stored.Copy();
        Assert.Contains("1E-12", stored.Manifest);
        folder.Write("here/manifest.json", stored.Manifest.Replace("1E-12", "1.0e-12"));
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet").Succeeded();
    }

    [Fact]
    public void Another_version_of_the_program_and_an_older_format_are_refused()
    {
        using StudyFolder folder = stored.Copy();
        JsonObject manifest = JsonNode.Parse(stored.Manifest)!.AsObject();
        string program = (string)manifest["program"]!;
        manifest["identity"]!["program"] = "yieldlab 0.0.1";
        folder.Write("here/manifest.json", manifest.ToJsonString());
        folder
            .Run("run", StudyFolder.Study, "--out", "here")
            .IsRefusedWith(
                $"here: the folder holds another study: program is yieldlab 0.0.1 there and {program} here; {Advice}"
            );
        manifest.Remove("tables");
        folder.Write("here/manifest.json", manifest.ToJsonString());
        folder
            .Run("run", StudyFolder.Study, "--out", "here")
            .IsRefusedWith(
                "here: the run was written by an older version of the program; run the study again with --overwrite"
            );
    }

    // Neither how a value is written, nor what has no effect on a die.
    [Fact]
    public void What_is_not_of_the_dies_may_change()
    {
        using StudyFolder folder = stored.Copy();
        string study = StudyFolder
            .StudyText.Replace("name: tiny", "# another name\nname: other\ndescription: the same dies")
            .Replace("presentation_time: 1 us", "presentation_time: 1000 ns # as it was")
            .Replace("capacitor: 1 pF", "capacitor: 1e-12 F")
            .Replace("test: 25 %", "test: 0.25")
            .Replace("hold: [1 ms]", "cost: { supply: 1 V, layout_factor: 3 }\nstop: { width: 1 % }\nhold: [0.001 s]")
            .Replace("mse_vs_ideal_percent <= 0.5", "mse_vs_ideal_percent<=0.50");
        folder.Write("other.yaml", study);
        JsonNode again = JsonNode.Parse(folder.Run("run", "other.yaml", "--out", "here", "--json").Succeeded())!;
        Assert.Equal(("other", 20), ((string)again["study"]!, (int)again["kept"]!));
    }

    [Fact]
    public void Rule_that_finds_more_dies_than_it_needs_counts_those_that_it_needs()
    {
        using var folder = new StudyFolder();
        string[] run = ["run", StudyFolder.Study, "--samples", "400", "--out"];
        folder.Run([.. run, "here", "--quiet"]).Succeeded();
        string[] stop = ["--set", "stop={width: 30 %}"];
        JsonNode json = JsonNode.Parse(folder.Run([.. run, "here", .. stop, "--json"]).Succeeded())!;
        int counted = (int)json["dies"]!;
        Assert.InRange(counted, 16, 399);
        Assert.Equal(
            ("decided", counted, "the interval is narrow enough (at most 30 %)"),
            ((string)json["end"]!, (int)json["kept"]!, (string)json["stopped"]!)
        );
        string text = folder.Run([.. run, "here", .. stop]).Succeeded();
        Assert.Contains(
            $"\nstopped after {counted} dies: the interval is narrow enough (at most 30 %){Environment.NewLine}",
            text
        );
        Assert.Contains($"\n{counted} dies, {counted} of them stored before in ", text);
        Assert.Equal(400, DieRows.Integers(folder.PathOf("here"), "die").Length);
        folder.Run([.. run, "fresh", .. stop, "--quiet"]).Succeeded();
        Assert.Equal(counted, DieRows.Integers(folder.PathOf("fresh"), "die").Length);
    }

    [Fact]
    public void Only_failed_dies_are_computed_again()
    {
        using var folder = new StudyFolder();
        string[] run = ["run", StudyFolder.Study, "--samples", "200", "--set", StudyFolder.ImpossibleDies];
        string text = folder.Run([.. run, "--out", "here"]).Succeeded();
        string[] failures = [.. DieRows.Texts(folder.PathOf("here"), "failure").OfType<string>()];
        int passed = DieRows.Truths(folder.PathOf("here"), "pass").Count(pass => pass);
        Assert.Contains(
            $"\nyield of all specs: {passed / 2.0:0.0} % if the {failures.Length} failed dies fail, {(passed + failures.Length) / 2.0:0.0} % if they pass{Environment.NewLine}",
            text
        );
        string before = Snapshot(folder, "dies");
        JsonNode json = JsonNode.Parse(folder.Run([.. run, "--out", "here", "--only-failed", "--json"]).Succeeded())!;
        Assert.Equal(("complete", 200), ((string)json["end"]!, (int)json["dies"]!));
        Assert.Equal(failures.Length, (int)json["yield"]![2]!["unknown"]!);
        Assert.Equal((passed + failures.Length) / 200.0, (double)json["yield"]![2]!["yield_if_unknown_pass"]!);
        Assert.Equal(before, Snapshot(folder, "dies"));
    }

    // An earlier version of the program failed at some dies: this one computes them, and the others stay.
    [Fact]
    public void Only_failed_goes_on_with_a_run_of_another_version_that_was_broken_off()
    {
        using StudyFolder folder = stored.Copy();
        JsonObject manifest = JsonNode.Parse(stored.Manifest)!.AsObject();
        manifest["identity"]!["program"] = "yieldlab 0.0.1";
        manifest["samples"] = 30;
        manifest["status"] = "interrupted";
        folder.Write("here/manifest.json", manifest.ToJsonString());
        string[] run = ["run", StudyFolder.Study, "--out", "here", "--only-failed"];
        Assert.Contains(
            " dies of the run are missing; the same command without --only-failed computes them ",
            folder.Run(run).Succeeded().Unwrapped()
        );
        JsonNode json = JsonNode.Parse(folder.Run([.. run, "--json"]).Succeeded())!;
        Assert.Equal(("unfinished", 20), ((string)json["end"]!, (int)json["dies"]!));
        JsonNode after = JsonNode.Parse(File.ReadAllText(folder.PathOf("here/manifest.json")))!;
        Assert.Equal(("unfinished", 30), ((string)after["status"]!, (int)after["samples"]!));
    }

    [Theory]
    [InlineData("nowhere: no run is here whose failed dies could be computed again", "--out", "nowhere")]
    [InlineData("--only-failed goes on with a run and --overwrite deletes it; expected one of them", "--overwrite")]
    [InlineData("--only-failed is for a whole run; merge the shards first", "--shard", "0/2")]
    public void Only_failed_is_refused_where_it_makes_no_sense(string message, params string[] options) =>
        stored.Folder.Run(["run", StudyFolder.Study, "--only-failed", .. options]).IsRefusedWith(message);

    [Fact]
    public void Altered_part_is_told_and_made_again()
    {
        using StudyFolder folder = stored.Copy();
        string before = Snapshot(folder, "dies");
        string part = folder.PathOf("here/dies/part-00000.parquet");
        byte[] bytes = File.ReadAllBytes(part);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(part, bytes);
        Answer answer = folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet");
        Assert.Equal(
            new(
                0,
                "",
                $"yieldlab: warning: here: dies/part-00000.parquet was torn or altered; its dies are computed again{Environment.NewLine}"
            ),
            answer
        );
        Assert.Equal(before, Snapshot(folder, "dies"));
    }

    [Fact]
    public void Parts_without_a_description_are_refused()
    {
        using StudyFolder folder = stored.Copy();
        File.Delete(folder.PathOf("here/manifest.json"));
        folder
            .Run("run", StudyFolder.Study, "--out", "here")
            .IsRefusedWith(
                "here: the folder holds parts of a run without its description; replace them with --overwrite"
            );
    }

    // What a process leaves that is killed while it writes its first description.
    [Fact]
    public void Half_a_description_and_nothing_else_is_no_hindrance()
    {
        using var folder = new StudyFolder();
        Directory.CreateDirectory(folder.PathOf("here"));
        folder.Write("here/manifest.json.tmp", "{");
        folder.Run("run", StudyFolder.Study, "--out", "here", "--quiet").Succeeded();
    }

    [Fact]
    public void Key_set_of_a_sweep_that_changed_and_a_point_that_is_gone_are_refused()
    {
        using var folder = new StudyFolder();
        string[] run = ["run", StudyFolder.Study, "--samples", "8", "--out", "here"];
        folder.Run([.. run, "--sweep", "training.l2=[0.001, 0.01]", "--quiet"]).Succeeded();
        void Refused(string difference, params string[] sweep) =>
            folder
                .Run([.. run, .. sweep])
                .IsRefusedWith($"here: the folder holds another study: {difference}; {Advice}");
        Refused("training_l2 is swept there and nothing here");
        Refused("training_l2 is swept there and training_epochs here", "--sweep", "training.epochs=[2, 3]");
        Refused(
            "the point training_l2 = 0.01 is there and not here (values can be added to a sweep and not taken away)",
            "--sweep",
            "training.l2=[0.001, 0.1]"
        );
        Refused(
            "training.epochs is 2 there and 3 here",
            "--sweep",
            "training.l2=[0.001, 0.01]",
            "--set",
            "training.epochs=3"
        );
    }

    // The file that a point names is another one now: only that point's own hash can tell.
    [Fact]
    public void Settings_behind_a_point_that_changed_are_refused()
    {
        using var folder = new StudyFolder();
        folder.Write("b.csv", StudyFolder.DataText.Replace("-0.9,0.3,x", "-0.9,0.4,x"));
        string[] run =
        [
            "run",
            StudyFolder.Study,
            "--samples",
            "8",
            "--out",
            "here",
            "--sweep",
            "data.file=[tiny.csv, b.csv]",
        ];
        folder.Run([.. run, "--quiet"]).Succeeded();
        folder.Write("b.csv", StudyFolder.DataText.Replace("-0.9,0.3,x", "-0.9,0.5,x"));
        folder
            .Run(run)
            .IsRefusedWith(
                $"here: the folder holds another study: the settings behind the point data_file = b.csv have changed; {Advice}"
            );
    }

    [Fact]
    public void Shards_in_the_folder_are_refused_and_overwriting_deletes_them()
    {
        using StudyFolder folder = stored.Copy();
        string before = Snapshot(folder, "");
        string[] run = ["run", StudyFolder.Study, "--out", "here", "--quiet"];
        folder.Run([.. run, "--samples", "40", "--shard", "0/2"]).Succeeded();
        folder
            .Run(run)
            .IsRefusedWith(
                "here: shards of a run are stored here; gather them first with yieldlab merge here, or replace them with --overwrite"
            );
        folder.Run([.. run, "--overwrite"]).Succeeded();
        Assert.Equal(before, Snapshot(folder, ""));
    }

    // What a run found, without how it came to it.
    private static string Result(JsonObject json)
    {
        var result = (JsonObject)json.DeepClone();
        foreach (string key in new[] { "kept", "seconds", "storage_thread_seconds" })
            result.Remove(key);
        return result.ToJsonString();
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Where(line => !line.Contains(" dies"));

    // Name and bytes of every file of a table.
    private static string Snapshot(StudyFolder folder, string table, string run = "here") =>
        string.Join(
            '\n',
            Directory
                .GetFiles(folder.PathOf(Path.Combine(run, table)), "*", SearchOption.AllDirectories)
                .Order(StringComparer.Ordinal)
                .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexString(File.ReadAllBytes(file))}")
        );

    /// <summary>The study's 20 dies in the folder here.</summary>
    public sealed class StoredRun : IDisposable
    {
        public StoredRun()
        {
            Text = Folder.Run("run", StudyFolder.Study, "--out", "here").Succeeded();
            Json = JsonNode
                .Parse(Folder.Run("run", StudyFolder.Study, "--out", "here", "--json", "--overwrite").Succeeded())!
                .AsObject();
            Manifest = File.ReadAllText(Folder.PathOf("here/manifest.json"));
        }

        internal StudyFolder Folder { get; } = new();

        public string Text { get; }

        public JsonObject Json { get; }

        public string Manifest { get; }

        internal StudyFolder Copy()
        {
            var copy = new StudyFolder();
            foreach (string file in Directory.GetFiles(Folder.PathOf("here"), "*", SearchOption.AllDirectories))
            {
                string target = copy.PathOf(Path.GetRelativePath(Folder.Root, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
            return copy;
        }

        public void Dispose() => Folder.Dispose();
    }
}
