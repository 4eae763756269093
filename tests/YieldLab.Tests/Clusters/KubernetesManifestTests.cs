using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CsCheck;
using k8s.Models;
using Xunit;
using YieldLab.Studies;
using YieldLab.Studies.Clusters;

namespace YieldLab.Tests.Clusters;

/// <summary>
/// Manifests against the models of the official client, and against the rules that the API server adds (validation of
/// batch/v1 Jobs; kubernetes.io/docs/concepts/workloads/controllers/job). No API server is asked.
/// </summary>
public class KubernetesManifestTests
{
    private static readonly ClusterRun Run = new(
        "tiny",
        [],
        "/study/tiny.yaml",
        "/runs/tiny",
        4,
        ["--set", "noise={shot: on}", "--samples", "20"]
    );

    private static readonly KubernetesOptions Options = new()
    {
        Image = "registry.example.org/a/yieldlab:1.0",
        Claim = "yield-runs",
        Namespace = "chips",
        Cpus = 2,
        Memory = "2Gi",
    };

    private static readonly StudyBundle Bundle = Bundled(
        ("study", "tiny.yaml", "name: tiny\n"),
        ("data", "d/x.csv", "a,b\n")
    );

    [Fact]
    public void Every_shard_is_one_index_with_the_words_of_the_run()
    {
        V1Job job = Manifest.Of(Run, Options, Bundle).Shards;
        Assert.Equal(("Indexed", 4, 4), (job.Spec.CompletionMode, job.Spec.Completions, job.Spec.Parallelism));
        Assert.Equal(
            [
                "run",
                "/study/tiny.yaml",
                "--out",
                "/runs/tiny",
                "--shards",
                "4",
                "--set",
                "noise={shot: on}",
                "--samples",
                "20",
                "--threads",
                "2",
            ],
            Container(job).Args
        );
        Assert.Null(Container(job).Command);
        Assert.Equal("registry.example.org/a/yieldlab:1.0", Container(job).Image);
        Assert.Equal("2", Container(job).Resources.Requests["cpu"].ToString());
        Assert.Equal("2Gi", Container(job).Resources.Requests["memory"].ToString());
        Assert.Equal("2Gi", Container(job).Resources.Limits["memory"].ToString());
    }

    [Fact]
    public void The_merge_waits_since_a_job_cannot_depend_on_another()
    {
        V1Job job = Manifest.Of(Run, Options, Bundle).Merge;
        Assert.Equal(["merge", "/runs/tiny", "--wait", "604800 s"], Container(job).Args);
        Assert.Equal("100m", Container(job).Resources.Requests["cpu"].ToString());
        Assert.Null(job.Spec.CompletionMode);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(9, 4)]
    public void No_more_pods_run_than_asked_for_or_than_there_are_shards(int most, int expected) =>
        Assert.Equal(expected, Manifest.Of(Run, Options with { MaxRunning = most }, null).Shards.Spec.Parallelism);

    // Validation of Jobs: a limit for each index wants Indexed and Never; a failure policy wants Never; Indexed wants
    // completions, and pods whose host names JOB-INDEX are DNS labels (RFC 1123, 63 characters).
    [Theory]
    [InlineData("/runs/tiny")]
    [InlineData("/runs/a/Batch_7.b")]
    [InlineData("/runs/a-study-whose-name-is-longer-than-any-label-of-the-domain-name-system-may-be-at-all")]
    [InlineData("/runs/___")]
    [InlineData("/runs/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_-b")]
    public void Objects_keep_the_rules_that_the_server_checks(string folder)
    {
        Manifest manifest = Manifest.Of(Run with { Folder = folder, Shards = 100_000 }, Options, Bundle);
        Assert.Equal(
            manifest.Shards.Metadata.Name[..^"shards".Length],
            manifest.Merge.Metadata.Name[..^"merge".Length]
        );
        foreach (V1Job job in new[] { manifest.Shards, manifest.Merge })
        {
            Assert.Equal(("batch/v1", "Job"), (job.ApiVersion, job.Kind));
            Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy);
            Assert.Equal("chips", job.Metadata.NamespaceProperty);
            Assert.All(job.Metadata.Labels.Values.Append($"{job.Metadata.Name}-99999"), IsLabel);
            V1PodFailurePolicyRule rule = Assert.Single(job.Spec.PodFailurePolicy.Rules);
            Assert.Equal("Ignore", rule.Action);
            Assert.Equal(("DisruptionTarget", "True"), (rule.OnPodConditions[0].Type, rule.OnPodConditions[0].Status));
            HasVolumesForMounts(job);
        }
        Assert.Equal((3, null), (manifest.Shards.Spec.BackoffLimitPerIndex, manifest.Shards.Spec.BackoffLimit));
        Assert.Equal((null, 0), (manifest.Merge.Spec.BackoffLimitPerIndex, manifest.Merge.Spec.BackoffLimit));
        IsLabel(manifest.Study!.Metadata.Name);
        Assert.All(manifest.Study.Data.Keys, key => Assert.Matches("^[-._a-zA-Z0-9]+$", key));
    }

    [Fact]
    public void Both_jobs_find_the_study_and_its_data_where_they_look()
    {
        Manifest manifest = Manifest.Of(Run, Options, Bundle);
        foreach (V1Job job in new[] { manifest.Shards, manifest.Merge })
            Assert.Equal(["/study/tiny.yaml", "/study/d/x.csv"], manifest.FilesOf(job).Keys);
        Assert.True(manifest.Study!.Immutable);
    }

    [Fact]
    public void Without_a_bundle_there_is_only_the_claim()
    {
        Manifest manifest = Manifest.Of(Run, Options with { Namespace = null, Memory = null }, null);
        Assert.Null(manifest.Study);
        Assert.Null(manifest.Shards.Metadata.NamespaceProperty);
        Assert.Null(Container(manifest.Shards).Resources.Limits);
        Assert.Equal(
            "yield-runs",
            Assert.Single(manifest.Shards.Spec.Template.Spec.Volumes).PersistentVolumeClaim.ClaimName
        );
        Assert.Equal("/runs", Assert.Single(Container(manifest.Shards).VolumeMounts).MountPath);
    }

    // A data file is known by its hash, so not a byte may change; 500 files of 1 to 40 of these pieces each: once any, once
    // such that the files stay text.
    [Fact]
    public void Any_file_arrives_to_the_byte()
    {
        string[] plain = ["\n", "\n", " ", "a", "1,2", "#", ":", "- ", "é", "'", "\"", "\\", "|"];
        string[] any = [.. plain, "\r\n", "\r", "\t", "\u0085", "\u2028", "\ufeff", "\0", "😀"];
        foreach (string[] pieces in new[] { plain, any })
            Gen.Int[0, pieces.Length - 1]
                .Select(i => pieces[i])
                .Array[1, 40]
                .Sample(parts => AssertArrives(Encoding.UTF8.GetBytes(string.Concat(parts))), iter: 500, threads: 1);
        AssertArrives([0xff, 0xfe, 0x80]);
    }

    [Fact]
    public void A_file_of_plain_lines_stays_readable()
    {
        string text = new KubernetesManifest(Run, Options, Bundle).Text;
        Assert.Contains("\n  study: |\n    name: tiny\n", text);
    }

    // YAML 1.1 reads yes, 1_0, 0o7, 1:30, ~ and many more as no text; an argument is always text.
    [Fact]
    public void Any_argument_arrives_as_it_is()
    {
        string[] awkward =
        [
            "yes",
            "No",
            "on",
            "true",
            "null",
            "~",
            "",
            "1",
            "1.5",
            "1_0",
            "0x1F",
            "0o17",
            "1e3",
            ".inf",
            "1:30",
            "2001-01-01",
            "=",
            "- a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a",
            "{a}",
            "[a]",
            "'",
            "\"",
            "\\",
            " a ",
            "a\nb\n",
            "a\r\nb",
            "\t",
            "é",
            "😀",
        ];
        ClusterRun run = Run with { Options = awkward };
        Assert.Equal([.. run.RunWords, "--threads", "2"], Container(Manifest.Of(run, Options, null).Shards).Args);
        Assert.Equal(run.RunWords, KubectlsArguments(run)[..^2]);
    }

    [Fact]
    public void More_than_a_config_map_holds_is_refused()
    {
        StudyBundle full = Bundled(("study", "s.yaml", ""), ("data", "x.csv", new string('1', 1 << 20)));
        _ = new KubernetesManifest(Run, Options, full);
        StudyBundle more = Bundled(("study", "s.yaml", "\n"), ("data", "x.csv", new string('1', 1 << 20)));
        Assert.Equal(
            "the study and its data have 1048577 bytes, and a ConfigMap holds 1048576; put them on the claim and say where with --study-path /runs/...",
            Assert.Throws<StudyException>(() => new KubernetesManifest(Run, Options, more)).Message
        );
    }

    // kubectl reads a Job into the types of Kubernetes itself and leaves out what these do not have.
    [Fact]
    public void Kubectl_reads_every_field()
    {
        string text = new KubernetesManifest(Run, Options, null).Text;
        string[] jobs = text.Split("---\n");
        Assert.Equal(2, jobs.Length);
        foreach (string job in jobs)
            AssertContains(JsonNode.Parse(Json(job))!, JsonNode.Parse(Kubectl(job))!, "");
    }

    private static void AssertContains(JsonNode ours, JsonNode read, string path)
    {
        if (ours is JsonObject fields)
            foreach (var (name, value) in fields)
                AssertContains(
                    value!,
                    read[name] ?? throw new InvalidDataException($"{path}.{name} is lost"),
                    $"{path}.{name}"
                );
        else if (ours is JsonArray items)
            for (int i = 0; i < items.Count; i++)
                AssertContains(items[i]!, read[i]!, $"{path}[{i}]");
        else if (!path.EndsWith(".image", StringComparison.Ordinal))
            Assert.Equal(ours.ToString(), read.ToString());
    }

    private static List<string> KubectlsArguments(ClusterRun run)
    {
        string job = new KubernetesManifest(run, Options, null).Text.Split("---\n")[0];
        JsonNode container = JsonNode.Parse(Kubectl(job))!["spec"]!["template"]!["spec"]!["containers"]![0]!;
        return [.. container["args"]!.AsArray().Select(word => word!.GetValue<string>())];
    }

    private static string Json(string yaml) =>
        new YamlDotNet.Serialization.SerializerBuilder()
            .JsonCompatible()
            .Build()
            .Serialize(new YamlDotNet.Serialization.DeserializerBuilder().Build().Deserialize<object>(yaml)!);

    // "set image --local" asks no server; it prints only what it changes.
    private static string Kubectl(string manifest)
    {
        const string kubectl = "/usr/bin/kubectl";
        Assert.SkipUnless(File.Exists(kubectl), "There is no kubectl here.");
        string[] arguments = ["set", "image", "--local", "-f", "-", "yieldlab=changed", "-o", "json"];
        var start = new ProcessStartInfo(kubectl, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(manifest);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static void AssertArrives(byte[] content)
    {
        StudyBundle bundle = new([new("study", "a.yaml", content), new("data", "b.csv", content)]);
        Manifest manifest = Manifest.Of(Run, Options, bundle);
        Assert.All(manifest.FilesOf(manifest.Shards).Values, found => Assert.Equal(content, found));
    }

    private static void HasVolumesForMounts(V1Job job) =>
        Assert.Equal(
            job.Spec.Template.Spec.Volumes.Select(volume => volume.Name),
            Container(job).VolumeMounts.Select(mount => mount.Name)
        );

    private static void IsLabel(string text) =>
        Assert.True(Regex.IsMatch(text, "^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$"), text);

    private static V1Container Container(V1Job job) => Assert.Single(job.Spec.Template.Spec.Containers);

    private static StudyBundle Bundled(params (string Role, string Path, string Text)[] files) =>
        new([.. files.Select(file => new BundledFile(file.Role, file.Path, Encoding.UTF8.GetBytes(file.Text)))]);
}
