using Xunit;
using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Tests.MonteCarlo;

public sealed class ParquetTableTests : IDisposable
{
    private static readonly Column[] Columns =
    [
        new("number", ColumnType.Integer, "1", "A whole number"),
        new("voltage", ColumnType.Real, "V", "A voltage in µV or so"),
        new("good", ColumnType.Truth, "1", "Whether it is good"),
        new("name", ColumnType.Text, "1", "Its name"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yieldlab-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_type_reads_back_as_written_in_the_order_of_the_rows()
    {
        string file = Write([3, 0, 2]);
        Assert.Equal([long.MaxValue, -1, 7], TemporaryRun.Integers(file, "number"));
        Assert.Equal([long.MaxValue, -1, 7], ParquetTable.ReadIntegers(file, "number"));
        Assert.Equal([double.PositiveInfinity, 1.5, double.NaN], ParquetTable.ReadReals(file, "voltage"));
        Assert.Equal([false, true, true], ParquetTable.ReadTruths(file, "good"));
        Assert.Equal(["ρ", "a", null], ParquetTable.ReadTexts(file, "name"));
    }

    [Fact]
    public void Column_that_is_not_there_is_refused_with_those_that_are()
    {
        string file = Write([0]);
        string message = $"{file}: there is no column 'volts'; expected one of number, voltage, good, name";
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => ParquetTable.ReadReals(file, "volts")).Message);
        Assert.Throws<ArgumentException>(() => ParquetTable.ReadIntegers(file, "volts"));
        Assert.Throws<ArgumentException>(() => ParquetTable.ReadTruths(file, "volts"));
        Assert.Throws<ArgumentException>(() => ParquetTable.ReadTexts(file, "volts"));
    }

    [Fact]
    public void Column_of_another_type_is_refused_with_its_type()
    {
        string file = Write([0]);
        Assert.Equal(
            $"{file}: column 'number' holds Int64, not Double",
            Assert.Throws<ArgumentException>(() => ParquetTable.ReadReals(file, "number")).Message
        );
    }

    [Fact]
    public void Number_that_is_NaN_is_stored_as_null() =>
        Assert.Equal([1.5, -0.0, null, double.PositiveInfinity], TemporaryRun.Reals(Write([0, 1, 2, 3]), "voltage"));

    [Fact]
    public void Metadata_name_unit_and_meaning_of_every_column()
    {
        var metadata = TemporaryRun.Metadata(Write([0]));
        foreach (Column column in Columns)
        {
            Assert.Equal(column.Unit, metadata[$"unit.{column.Name}"]);
            Assert.Equal(column.Meaning, metadata[$"meaning.{column.Name}"]);
        }
    }

    [Fact]
    public void Parts_of_a_run_carry_units_and_meanings_of_all_columns()
    {
        using var run = new TemporaryRun();
        var model = new FakeModel();
        run.Run(model, 20, 1);
        AssertDescribed(DieTable.Columns(model, TemporaryRun.Specs), run.Folder.DieParts[0]);
        AssertDescribed(model.EpochColumns, run.Folder.EpochParts[0]);
    }

    [Fact]
    public void Encoding_is_the_same_every_time() =>
        Assert.Equal(ParquetTable.Encode(Block(), [0, 1, 2]), ParquetTable.Encode(Block(), [0, 1, 2]));

    [Fact]
    public void Block_has_a_storage_of_each_type_and_no_other_column()
    {
        RowBlock block = Block();
        Assert.Equal(4, block.Capacity);
        Assert.Same(block.Reals("voltage"), block["voltage"]);
        Assert.Throws<InvalidCastException>(() => block.Reals("number"));
        Assert.Throws<KeyNotFoundException>(() => block.Reals("current"));
    }

    private static void AssertDescribed(IReadOnlyList<Column> columns, string part)
    {
        var metadata = TemporaryRun.Metadata(part);
        Assert.All(columns, column => Assert.Equal(column.Unit, metadata[$"unit.{column.Name}"]));
        Assert.All(columns, column => Assert.Equal(column.Meaning, metadata[$"meaning.{column.Name}"]));
    }

    private static RowBlock Block()
    {
        var block = new RowBlock(Columns, 4);
        new long[] { -1, 0, 7, long.MaxValue }.CopyTo(block.Integers("number"), 0);
        new[] { 1.5, -0.0, double.NaN, double.PositiveInfinity }.CopyTo(block.Reals("voltage"), 0);
        new[] { true, false, true, false }.CopyTo(block.Truths("good"), 0);
        new[] { "a", "", null, "ρ" }.CopyTo(block.Texts("name"), 0);
        return block;
    }

    private string Write(int[] rows)
    {
        string file = Path.Combine(_folder.FullName, "table.parquet");
        File.WriteAllBytes(file, ParquetTable.Encode(Block(), rows));
        return file;
    }
}
