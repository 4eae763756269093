using Parquet;
using Parquet.Schema;
using Xunit;
using YieldLab.MonteCarlo.Storage;
using YieldLab.Tests.Text;

namespace YieldLab.Tests.Data;

/// <summary>Tables of dies in Parquet as other programs write them: any type of number, with nulls or without.</summary>
public class ParquetNumbersTests
{
    [Fact]
    public async Task Numbers_of_every_type_are_read()
    {
        using var study = new TinyStudy();
        string path = await Write(study, [0, 1], [0.25, -0.5]);
        Assert.Equal(["die", "temperature_c", "bias_shift", "beta_shift", "lot"], ParquetTable.ColumnNames(path));
        Assert.Equal([0, 1], ParquetTable.ReadNumbers(path, "die"));
        Assert.Equal([25, -40], ParquetTable.ReadNumbers(path, "temperature_c"));
        Assert.Equal([0.5, 0.125], ParquetTable.ReadNumbers(path, "bias_shift"));
        Assert.Equal([0.25, -0.5], ParquetTable.ReadNumbers(path, "beta_shift"));
        Assert.Contains(
            "column 'lot' does not hold numbers",
            Assert.Throws<ArgumentException>(() => ParquetTable.ReadNumbers(path, "lot")).Message
        );
        Assert.Equal("accepted", study.Refusal("samples=2", "sampling.table=silicon.parquet"));
    }

    [Theory]
    [InlineData(null, "row 2: column 'beta_shift': null, not a number or infinite; expected a finite number")]
    [InlineData(double.NaN, "row 2: column 'beta_shift': null, not a number or infinite; expected a finite number")]
    [InlineData(-3.0, "row 2: column 'beta_shift': -3 is out of range; expected above -1 to 1")]
    public async Task A_bad_value_is_named_with_row_and_column(double? value, string message)
    {
        using var study = new TinyStudy();
        await Write(study, [0, 1], [0.25, value]);
        Assert.Equal($"silicon.parquet: {message}", study.Refusal("samples=2", "sampling.table=silicon.parquet"));
    }

    // As the second part of a run would be.
    [Fact]
    public async Task Dies_that_do_not_start_at_0_are_refused()
    {
        using var study = new TinyStudy();
        await Write(study, [16384, 16385], [0.25, 0]);
        Assert.Equal(
            "silicon.parquet: row 1: column 'die': 16384; expected 0, since dies are counted from 0 in order",
            study.Refusal("samples=2", "sampling.table=silicon.parquet")
        );
    }

    private static async Task<string> Write(TinyStudy study, long?[] dies, double?[] beta)
    {
        string path = Path.Combine(Path.GetDirectoryName(study.Path)!, "silicon.parquet");
        DataField[] fields =
        [
            new DataField<long>("die", true),
            new DataField<int>("temperature_c"),
            new DataField<float>("bias_shift", true),
            new DataField<double>("beta_shift", true),
            new DataField<string>("lot"),
        ];
        await using var file = File.Create(path);
        await using var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), file);
        using var group = writer.CreateRowGroup();
        await group.WriteAsync<long>(fields[0], dies);
        await group.WriteAsync<int>(fields[1], new[] { 25, -40 });
        await group.WriteAsync<float>(fields[2], new float?[] { 0.5f, 0.125f });
        await group.WriteAsync<double>(fields[3], beta);
        await group.WriteAsync(fields[4], new[] { "A", "A" });
        return path;
    }
}
