using System.Text;
using k8s;
using k8s.Models;
using YieldLab.Studies.Clusters;

namespace YieldLab.Tests.Clusters;

/// <summary>
/// A manifest as the client library of the Kubernetes project reads it: in its strict mode a field that the API does not have,
/// or one of another type, is an error.
/// </summary>
internal sealed record Manifest(V1ConfigMap? Study, V1Job Shards, V1Job Merge)
{
    public static Manifest Read(string text)
    {
        List<object> objects = KubernetesYaml.LoadAllFromString(text, strict: true);
        List<V1Job> jobs = [.. objects.OfType<V1Job>()];
        if (jobs.Count != 2)
            throw new InvalidDataException($"{jobs.Count} jobs in\n{text}");
        return new(objects.OfType<V1ConfigMap>().SingleOrDefault(), jobs[0], jobs[1]);
    }

    public static Manifest Of(ClusterRun run, KubernetesOptions options, StudyBundle? bundle) =>
        Read(new KubernetesManifest(run, options, bundle).Text);

    /// <summary>Files that the pods of a job find, by path, as the kubelet would lay them out.</summary>
    public Dictionary<string, byte[]> FilesOf(V1Job job)
    {
        V1PodSpec pod = job.Spec.Template.Spec;
        var files = new Dictionary<string, byte[]>();
        foreach (V1VolumeMount mount in pod.Containers.Single().VolumeMounts)
        {
            V1ConfigMapVolumeSource? source = pod.Volumes.Single(volume => volume.Name == mount.Name).ConfigMap;
            foreach (V1KeyToPath item in source?.Items ?? [])
                files[$"{mount.MountPath}/{item.Path}"] = Content(item.Key);
        }
        return files;
    }

    private byte[] Content(string key) =>
        Study!.BinaryData?.TryGetValue(key, out byte[]? bytes) == true
            ? bytes
            : Encoding.UTF8.GetBytes(Study.Data[key]);
}
