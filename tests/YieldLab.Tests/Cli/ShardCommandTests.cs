using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>A run that several processes share, and the command that gathers what they stored.</summary>
public sealed class ShardCommandTests
{
    private static readonly string[] Run = ["run", StudyFolder.Study, "--out", "here"];

    [Theory]
    [InlineData("4/4")]
    [InlineData("-1/3")]
    [InlineData("a/b")]
    [InlineData("1/0")]
    [InlineData("1")]
    [InlineData("0/2/4")]
    [InlineData("0/100001")]
    public void Shard_that_is_none_is_refused(string shard)
    {
        using var folder = new StudyFolder();
        folder
            .Run([.. Run, $"--shard={shard}"])
            .IsRefusedWith(
                $"--shard: '{shard}' is not allowed; expected i/N with i from 0 to N-1, such as 0/4 (see yieldlab --help)"
            );
        Assert.False(Directory.Exists(folder.PathOf("here")));
    }

    [Theory]
    [InlineData(
        "",
        "",
        "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; expected a task of a cluster manager, or --shard i/3"
    )]
    [InlineData("3", "", "SLURM_ARRAY_TASK_ID is '3'; expected 0 to 2")]
    [InlineData("", "-1", "JOB_COMPLETION_INDEX is '-1'; expected 0 to 2")]
    [InlineData("first", "1", "SLURM_ARRAY_TASK_ID is 'first'; expected 0 to 2")]
    public void Shards_without_a_number_of_their_own_are_refused(string slurm, string kubernetes, string message)
    {
        using var folder = new StudyFolder();
        CommandLine
            .RunWith(Task(slurm, kubernetes), folder.Root, [.. Run, "--shards", "3"])
            .IsRefusedWith($"--shards 3: {message}");
    }

    [Fact]
    public void Ways_to_name_a_shard_that_contradict_each_other_are_refused()
    {
        using var folder = new StudyFolder();
        CommandLine
            .RunWith(Task("1", ""), folder.Root, [.. Run, "--shards", "3", "--shard", "1/3"])
            .IsRefusedWith("--shard and --shards are both given; expected one of them");
    }

    [Theory]
    [InlineData("stop={width: 1 %}")]
    [InlineData("stop={target: 95 %, after: 1 h}")]
    [InlineData("stop={after: 1 h}")]
    public void Study_that_may_end_before_it_has_all_dies_is_refused_with_shards(string stop)
    {
        using var folder = new StudyFolder();
        folder
            .Run([.. Run, "--shard", "0/2", "--set", stop])
            .IsRefusedWith(
                "tiny.yaml: stop: a rule looks at all dies in their order, and a shard has only some; their merge needs all of them; expected no stop with shards"
            );
    }

    // Each of the three ways to say which shard it is.
    [Fact]
    public void Merged_shards_leave_and_print_what_one_run_does()
    {
        using var folder = new StudyFolder();
        string[] run = [.. Run, "--samples", "50", "--set", StudyFolder.ImpossibleDies];
        folder.Run([.. run, "--shard", "0/3", "--quiet"]).Succeeded();
        folder.Run("merge", "here").IsRefusedWith(Missing("dies 16 to 49 are missing of 50"));
        CommandLine.RunWith(Task("", "2"), folder.Root, [.. run, "--shards", "3", "--quiet"]).Succeeded();
        folder.Run("merge", "here").IsRefusedWith(Missing("dies 16 to 32 are missing of 50"));
        CommandLine.RunWith(Task("1", "0"), folder.Root, [.. run, "--shards", "3", "--quiet"]).Succeeded();
        JsonObject merged = JsonNode.Parse(folder.Run("merge", "here", "--json").Succeeded())!.AsObject();
        Assert.False(Directory.Exists(folder.PathOf("here/shards")));

        string whole = folder.Run([.. run[..3], "whole", .. run[4..]]).Succeeded();
        AssertSameFiles(folder, "whole", "here");
        JsonObject again = JsonNode.Parse(folder.Run([.. run, "--json"]).Succeeded())!.AsObject();
        Assert.Equal(50, (int)again["kept"]!);
        foreach (string key in new[] { "kept", "end", "interrupted", "seconds", "storage_thread_seconds" })
            Assert.True(again.Remove(key), key);
        Assert.Equal(again.ToJsonString(), merged.ToJsonString());

        // The text of a merge, of shards that lie elsewhere and stay there.
        string[] elsewhere = ["a/shards/0-of-2", "a/shards/1-of-2"];
        foreach (string shard in new[] { "0/2", "1/2" })
            folder.Run([.. run[..3], "a", .. run[4..], "--shard", shard, "--quiet"]).Succeeded();
        string text = folder.Run("merge", "b", elsewhere[0], elsewhere[1]).Succeeded();
        Assert.Equal(Results(whole, "whole"), Results(text, "b"));
        Assert.All(elsewhere, shard => Assert.True(File.Exists(folder.PathOf($"{shard}/manifest.json"))));
        AssertSameFiles(folder, "whole", "b");

        static string Missing(string dies) => $"here: {dies}; run the shards that have not ended, then merge again";
    }

    [Fact]
    public void Shards_extend_a_complete_run_and_begin_anew_where_they_were()
    {
        using var folder = new StudyFolder();
        folder.Run([.. Run, "--quiet"]).Succeeded();
        string[] more = [.. Run, "--samples", "61", "--quiet"];
        folder.Run([.. more, "--shard", "1/2"]).Succeeded();
        Assert.Equal(40, (int)Manifest(folder, "here/shards/1-of-2")["first_die"]!);
        Assert.Equal(Enumerable.Range(40, 21).Select(die => (long)die), Dies(folder, "here/shards/1-of-2"));
        folder.Run([.. more, "--shard", "0/2"]).Succeeded();
        Answer again = folder.Run([.. Run, "--samples", "61", "--shard", "0/2", "--json"]);
        Assert.Equal(20, (int)JsonNode.Parse(again.Succeeded())!["kept"]!);
        folder.Run("merge", "here", "--quiet").Succeeded();
        folder.Run(["run", StudyFolder.Study, "--samples", "61", "--out", "whole", "--quiet"]).Succeeded();
        AssertSameFiles(folder, "whole", "here");
        // A task that a cluster starts again when all is merged leaves no folder that would have to be merged.
        Assert.Contains("61 dies", folder.Run([.. Run, "--samples", "61", "--shard", "1/2"]).Succeeded());
        Assert.False(Directory.Exists(folder.PathOf("here/shards")));
        // A merge that is done already is done.
        Assert.Contains("61 dies", folder.Run("merge", "here").Succeeded());
    }

    [Fact]
    public void Run_in_the_folder_that_shards_cannot_extend_is_refused()
    {
        using var folder = new StudyFolder();
        string[] shard = [.. Run, "--shard", "0/2", "--samples", "8"];
        folder.Run([.. Run, "--samples", "8", "--sweep", "training.l2=[0.001]", "--quiet"]).Succeeded();
        folder
            .Run([.. shard, "--overwrite"])
            .IsRefusedWith(
                "here: the folder holds another study: training_l2 is swept there and nothing here; choose another place with --out"
            );
        folder
            .Run([.. shard, "--sweep", "training.l2=[0.001, 0.01]"])
            .IsRefusedWith(
                "here: the run that is stored here lacks points of the sweep; add them without shards first, or choose another place with --out"
            );
        JsonObject manifest = Manifest(folder, "here");
        manifest["status"] = "interrupted";
        folder.Write("here/manifest.json", manifest.ToJsonString());
        folder
            .Run([.. shard, "--sweep", "training.l2=[0.001]"])
            .IsRefusedWith(
                "here: the run that is stored here is not complete; finish it without shards first, or choose another place with --out"
            );
    }

    // Points of a hypercube depend on the number of all dies, not on those of a shard.
    [Fact]
    public void Shard_of_a_latin_hypercube_is_gone_on_with()
    {
        using var folder = new StudyFolder();
        string[] shard = [.. Run, "--samples", "32", "--set", "sampling.method=latin-hypercube", "--shard", "0/2"];
        folder.Run([.. shard, "--quiet"]).Succeeded();
        Assert.Equal(16, (int)JsonNode.Parse(folder.Run([.. shard, "--json"]).Succeeded())!["kept"]!);
    }

    [Fact]
    public void More_shards_than_dies_are_merged_too()
    {
        using var folder = new StudyFolder();
        string[] run = ["run", StudyFolder.Study, "--samples", "2", "--out"];
        for (int i = 0; i < 3; i++)
            folder.Run([.. run, "here", "--shard", $"{i}/3", "--quiet"]).Succeeded();
        Answer empty = folder.Run([.. run, "here", "--shard", "0/3"]);
        Assert.Contains("\n0 dies in ", empty.Succeeded());
        folder.Run("merge", "here", "--wait", "1 s", "--quiet").Succeeded();
        folder.Run([.. run, "whole", "--quiet"]).Succeeded();
        AssertSameFiles(folder, "whole", "here");
    }

    [Fact]
    public void Merge_of_what_is_no_run_is_refused()
    {
        using var folder = new StudyFolder();
        folder.Run("merge", "nowhere").IsRefusedWith("nowhere: there is no such folder");
        Directory.CreateDirectory(folder.PathOf("empty"));
        folder.Run("merge", "empty").IsRefusedNaming("empty: no shards are here");
        folder.Run("merge", "empty", "nowhere").IsRefusedWith("nowhere: no run is here (there is no manifest.json)");
        folder
            .Run("merge", "empty", "nowhere", "--wait", "1 s")
            .IsRefusedWith("--wait is for the shards below DIR/shards; expected no SHARD with it");
        folder
            .Run("merge", "empty", "--wait", "soon")
            .IsRefusedWith(
                "--wait: 'soon' is not allowed; expected a time, such as 30 min or 24 h (see yieldlab --help)"
            );
    }

    [Fact]
    public void Merge_that_waits_in_vain_says_how_long()
    {
        using var folder = new StudyFolder();
        folder.Run([.. Run, "--shard", "0/2", "--quiet"]).Succeeded();
        folder.Run("merge", "here", "--wait", "0.1 s").IsRefusedWith("here: the shards are not complete after 0.1 s");
        Assert.True(File.Exists(folder.PathOf("here/shards/0-of-2/manifest.json")));
    }

    [Fact]
    public void Merge_waits_for_shards_that_begin_later()
    {
        using var folder = new StudyFolder();
        using var merge = CommandLine.Start(folder.Root, "merge", "here", "--wait", "2 min", "--json");
        foreach (string shard in new[] { "1/2", "0/2" })
        {
            folder.Run([.. Run, "--shard", shard, "--quiet"]).Succeeded();
            if (shard == "1/2")
                Assert.False(merge.HasExited);
        }
        JsonNode json = JsonNode.Parse(merge.Finish().Succeeded())!;
        Assert.Equal((20, "here"), ((int)json["dies"]!, (string)json["data"]!));
        Assert.Equal(20, Dies(folder, "here").Length);
    }

    [Fact]
    public void Shards_of_two_studies_are_refused_with_the_difference_and_kept()
    {
        using var folder = new StudyFolder();
        folder.Run([.. Run, "--shard", "0/2", "--quiet"]).Succeeded();
        folder.Run([.. Run, "--shard", "1/2", "--quiet", "--seed", "2"]).Succeeded();
        string[] names = [Path.Combine("here", "shards", "0-of-2"), Path.Combine("here", "shards", "1-of-2")];
        folder
            .Run("merge", "here")
            .IsRefusedWith(
                $"{names[1]}: the folder holds another study than {names[0]}: seed is 1 there and 2 here; expected shards of one run"
            );
        Assert.All(names, name => Assert.True(File.Exists(folder.PathOf($"{name}/manifest.json"))));
    }

    private static Dictionary<string, string> Task(string slurm, string kubernetes) =>
        new() { ["SLURM_ARRAY_TASK_ID"] = slurm, ["JOB_COMPLETION_INDEX"] = kubernetes };

    private static JsonObject Manifest(StudyFolder folder, string run) =>
        JsonNode.Parse(File.ReadAllText(folder.PathOf($"{run}/manifest.json")))!.AsObject();

    private static long[] Dies(StudyFolder folder, string run) => DieRows.Integers(folder.PathOf(run), "die");

    // What is printed of a run but for its name and time.
    private static string[] Results(string text, string run) =>
        [
            .. text.Replace($"data: {run}", "data")
                .Split('\n')
                .Select(line => System.Text.RegularExpressions.Regex.Replace(line, @" in \d.*/s\)", "")),
        ];

    private static void AssertSameFiles(StudyFolder folder, string expected, string actual)
    {
        string[] files = [.. Files(expected)];
        Assert.Equal(files, Files(actual));
        Assert.All(
            files.Where(file => file != "manifest.json"),
            file =>
                Assert.Equal(
                    File.ReadAllBytes(Path.Combine(folder.PathOf(expected), file)),
                    File.ReadAllBytes(Path.Combine(folder.PathOf(actual), file))
                )
        );

        IEnumerable<string> Files(string run) =>
            Directory
                .GetFiles(folder.PathOf(run), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder.PathOf(run), file))
                .Order(StringComparer.Ordinal);
    }
}
