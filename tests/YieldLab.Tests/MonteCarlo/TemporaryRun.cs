using Parquet;
using Parquet.Schema;
using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

/// <summary>A run's folder in a temporary place, and what is stored there.</summary>
internal sealed class TemporaryRun : IDisposable
{
    public static readonly IReadOnlyList<Spec> Specs = [Spec.TryParse("value >= 0.2")!, Spec.TryParse("value < 0.9")!];

    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("yieldlab-");

    public TemporaryRun() => Folder = RunFolder.Create(Path.Combine(_parent.FullName, "run"), overwrite: false);

    public RunFolder Folder { get; }

    /// <summary>Dies of all parts in stored order.</summary>
    public long[] Dies => [.. Folder.DieParts.SelectMany(part => Integers(part, DieTable.Die))];

    /// <summary>Every part and journal below the folder by its relative name.</summary>
    public string[] Files =>
        [
            .. Directory
                .GetFiles(Folder.Path, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Folder.Path, file).Replace('\\', '/'))
                .Where(file => file is not ("run.lock" or "parts.sha256"))
                .Order(StringComparer.Ordinal),
        ];

    public RunOutcome Run(FakeModel model, long samples, int threads) =>
        RunUntil(TestContext.Current.CancellationToken, model, samples, threads);

    public RunOutcome RunUntil(CancellationToken cancellation, FakeModel model, long samples, int threads) =>
        Runner(model, RunRequest.First(samples)).Run(threads, cancellation);

    /// <summary>A runner of the only point of a study.</summary>
    public Runner Runner(FakeModel model, RunRequest request) => new([RunPoint.Only(model)], Specs, Folder, request);

    /// <summary>What the stored dies of a model say.</summary>
    public RunSummary Summary(FakeModel model)
    {
        var description = RunDescription.Of([RunPoint.Only(model)], Specs);
        return RunSummary.Of(Folder, description, new EstimateRule.Fixed()).Single();
    }

    public byte[] Bytes(string file) => File.ReadAllBytes(Path.Combine(Folder.Path, file));

    public static long[] Integers(string part, string column)
    {
        return ReadAsync().GetAwaiter().GetResult();

        async Task<long[]> ReadAsync()
        {
            await using var reader = await ParquetReader.CreateAsync(part);
            var group = reader.RowGroups.Single();
            var values = new long[group.RowCount];
            await group.ReadAsync<long>(Field(reader, column), values.AsMemory());
            return values;
        }
    }

    /// <summary>A real column as it is stored: null is not NaN.</summary>
    public static double?[] Reals(string part, string column)
    {
        return ReadAsync().GetAwaiter().GetResult();

        async Task<double?[]> ReadAsync()
        {
            await using var reader = await ParquetReader.CreateAsync(part);
            var group = reader.RowGroups.Single();
            var values = new double?[group.RowCount];
            await group.ReadAsync<double>(Field(reader, column), values.AsMemory());
            return values;
        }
    }

    /// <summary>The file's own metadata.</summary>
    public static IReadOnlyDictionary<string, string> Metadata(string part)
    {
        return ReadAsync().GetAwaiter().GetResult();

        async Task<IReadOnlyDictionary<string, string>> ReadAsync()
        {
            await using var reader = await ParquetReader.CreateAsync(part);
            return reader.CustomMetadata;
        }
    }

    public void Dispose()
    {
        Folder.Dispose();
        _parent.Delete(recursive: true);
    }

    private static DataField Field(ParquetReader reader, string column) =>
        reader.Schema.DataFields.Single(field => field.Name == column);
}
