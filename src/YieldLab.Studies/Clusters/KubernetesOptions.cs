using System.Text.RegularExpressions;

namespace YieldLab.Studies.Clusters;

/// <summary>What a user asks of Kubernetes.</summary>
public sealed partial record KubernetesOptions
{
    /// <summary>Image whose entry point is this program.</summary>
    public required string Image
    {
        get;
        init =>
            field = Allowed.Text("--image", value, ImageForm(), "an image, such as registry.example.org/yieldlab:1")!;
    }

    /// <summary>PersistentVolumeClaim that holds the data folder.</summary>
    public required string Claim
    {
        get;
        init => field = Allowed.Text("--claim", value, NameForm(), "the name of a PersistentVolumeClaim")!;
    }

    public string? Namespace
    {
        get;
        init => field = Allowed.Text("--namespace", value, LabelForm(), "the name of a namespace");
    }

    /// <summary>Processors of a shard, and its threads.</summary>
    public int Cpus { get; init; } = 1;

    /// <summary>Memory of a shard.</summary>
    public string? Memory
    {
        get;
        init =>
            field = Allowed.Text("--memory", value, MemoryForm(), "a number with Mi, Gi, Ti, M, G or T, such as 2Gi");
    }

    /// <summary>Most shards that run at the same time; all where it is null.</summary>
    public int? MaxRunning { get; init; }

    [GeneratedRegex(@"\A[A-Za-z0-9][-A-Za-z0-9._/:@]*\z")]
    private static partial Regex ImageForm();

    // DNS labels and subdomains (RFC 1123), as kubernetes.io/docs/concepts/overview/working-with-objects/names has them.
    [GeneratedRegex(@"\A(?=.{1,63}\z)[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex LabelForm();

    [GeneratedRegex(@"\A(?=.{1,253}\z)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex NameForm();

    // Without a unit these would be bytes.
    [GeneratedRegex(@"\A[1-9][0-9]*([MGT]i?)\z")]
    private static partial Regex MemoryForm();
}
