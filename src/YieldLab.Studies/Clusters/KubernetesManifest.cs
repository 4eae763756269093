using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace YieldLab.Studies.Clusters;

/// <summary>
/// A run as objects of Kubernetes: an Indexed Job of one pod for each shard, a Job that waits for all shards and merges them,
/// and, where the study is not on the claim, a ConfigMap with the study and its data.
/// </summary>
/// <remarks>
/// Pods are not restarted in place (restartPolicy Never, which limits for each index need): every attempt keeps its log. A
/// shard may fail three times; being evicted or preempted (condition DisruptionTarget) does not count. With a failure policy
/// a pod is replaced only when it has ended (podReplacementPolicy Failed), so no two write to one shard. Fields and rules:
/// kubernetes.io/docs/concepts/workloads/controllers/job.
/// </remarks>
public sealed partial class KubernetesManifest
{
    /// <summary>Where the claim is mounted.</summary>
    public const string ClaimFolder = "/runs";

    /// <summary>Where the ConfigMap is mounted.</summary>
    public const string StudyFolder = "/study";

    /// <summary>What a ConfigMap holds at most, in bytes (kubernetes.io/docs/concepts/configuration/configmap).</summary>
    public const int MostBytes = 1 << 20;

    private const int RetriesOfShard = 3;
    private const int LongestName = 40;

    // A week, in the unit that every duration of this program can have.
    private const string Patience = "604800 s";

    private readonly ClusterRun _run;
    private readonly KubernetesOptions _options;
    private readonly StudyBundle? _bundle;
    private readonly string _name;

    /// <summary>Makes the objects.</summary>
    /// <param name="run">What to run; paths are those in the container.</param>
    /// <param name="options">What to ask of Kubernetes.</param>
    /// <param name="bundle">The study with its files; null where they are on the claim or in the image.</param>
    /// <exception cref="StudyException">The files do not fit in a ConfigMap.</exception>
    public KubernetesManifest(ClusterRun run, KubernetesOptions options, StudyBundle? bundle)
    {
        if (bundle?.Size > MostBytes)
            throw new StudyException(
                $"the study and its data have {bundle.Size} bytes, and a ConfigMap holds {MostBytes}; put them on the claim and say where with --study-path {ClaimFolder}/..."
            );
        _run = run;
        _options = options;
        _bundle = bundle;
        _name = NameOf(run.Folder);
    }

    /// <summary>The manifest.</summary>
    public string Text => ManifestYaml.Of(_bundle is null ? [Shards(), Merge()] : [Study(_bundle), Shards(), Merge()]);

    /// <summary>What the names of all objects begin with: that of the data folder, so that runs into other folders stand
    /// beside each other.</summary>
    internal static string NameOf(string folder)
    {
        string last = NotInNames().Replace(folder.TrimEnd('/').Split('/')[^1].ToLowerInvariant(), "-");
        return $"yieldlab-{last[..Math.Min(last.Length, LongestName)]}".Trim('-');
    }

    private object Study(StudyBundle bundle) =>
        new
        {
            apiVersion = "v1",
            kind = "ConfigMap",
            metadata = Metadata("study"),
            // Shards that run later must not find another study.
            immutable = true,
            data = Keyed(bundle.Files.Where(IsText), file => Encoding.UTF8.GetString(file.Content)),
            binaryData = Keyed(bundle.Files.Where(file => !IsText(file)), file => Convert.ToBase64String(file.Content)),
        };

    private object Shards() =>
        new
        {
            apiVersion = "batch/v1",
            kind = "Job",
            metadata = Metadata("shards"),
            spec = new
            {
                completionMode = "Indexed",
                completions = _run.Shards,
                parallelism = Math.Min(_options.MaxRunning ?? _run.Shards, _run.Shards),
                backoffLimitPerIndex = RetriesOfShard,
                podFailurePolicy = DisruptionsDoNotCount(),
                template = Pod("shards", [.. _run.RunWords, "--threads", Cpus], Cpus),
            },
        };

    private object Merge() =>
        new
        {
            apiVersion = "batch/v1",
            kind = "Job",
            metadata = Metadata("merge"),
            spec = new
            {
                backoffLimit = 0,
                podFailurePolicy = DisruptionsDoNotCount(),
                // It waits most of the time.
                template = Pod("merge", [.. _run.MergeWords, "--wait", Patience], "100m"),
            },
        };

    private string Cpus => _options.Cpus.ToString(CultureInfo.InvariantCulture);

    private object Metadata(string component) =>
        new
        {
            name = $"{_name}-{component}",
            @namespace = _options.Namespace,
            labels = Labels(component),
        };

    private Dictionary<string, string> Labels(string component) =>
        new()
        {
            ["app.kubernetes.io/name"] = "yieldlab",
            ["app.kubernetes.io/instance"] = _name,
            ["app.kubernetes.io/component"] = component,
        };

    private object Pod(string component, IReadOnlyList<string> words, string cpus) =>
        new
        {
            metadata = new { labels = Labels(component) },
            spec = new
            {
                restartPolicy = "Never",
                // The program asks nothing of the cluster.
                automountServiceAccountToken = false,
                containers = new[]
                {
                    new
                    {
                        name = "yieldlab",
                        image = _options.Image,
                        args = words,
                        resources = Resources(cpus),
                        volumeMounts = Mounts(),
                    },
                },
                volumes = Volumes(),
            },
        };

    private object Resources(string cpus)
    {
        var amounts = new { cpu = cpus, memory = _options.Memory };
        return new { requests = amounts, limits = _options.Memory is { } memory ? new { memory } : null };
    }

    private object[] Mounts() =>
        [
            new { name = "runs", mountPath = ClaimFolder },
            .. _bundle is null
                ? (object[])[]
                :
                [
                    new
                    {
                        name = "study",
                        mountPath = StudyFolder,
                        readOnly = true,
                    },
                ],
        ];

    private object[] Volumes() =>
        [
            new { name = "runs", persistentVolumeClaim = new { claimName = _options.Claim } },
            .. _bundle is null
                ? (object[])[]
                :
                [
                    new
                    {
                        name = "study",
                        configMap = new
                        {
                            name = $"{_name}-study",
                            items = _bundle.Files.Select(file => new { key = file.Role, path = file.Path }).ToList(),
                        },
                    },
                ],
        ];

    private static object DisruptionsDoNotCount() =>
        new
        {
            rules = new[]
            {
                new
                {
                    action = "Ignore",
                    onPodConditions = new[] { new { type = "DisruptionTarget", status = "True" } },
                },
            },
        };

    private static Dictionary<string, string>? Keyed(IEnumerable<BundledFile> files, Func<BundledFile, string> value)
    {
        var entries = files.ToDictionary(file => file.Role, value);
        return entries.Count > 0 ? entries : null;
    }

    // Anything else goes as bytes: a data file is known by its hash.
    private static bool IsText(BundledFile file)
    {
        string text = Encoding.UTF8.GetString(file.Content);
        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(file.Content) && ManifestYaml.IsPlainText(text);
    }

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex NotInNames();
}
