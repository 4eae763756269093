using System.Text.Json.Nodes;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.MonteCarlo.Storage;

/// <summary>A point of a stored run.</summary>
/// <param name="Name">Its folder below each table; empty for the only one.</param>
/// <param name="Swept">Its swept values.</param>
/// <param name="EpochsPerDie">Rows of each die in the table of epochs.</param>
/// <param name="DiesPerPart">Dies of a part.</param>
public sealed record StoredPoint(string Name, IReadOnlyList<PointValue> Swept, int EpochsPerDie, int DiesPerPart)
{
    /// <summary>How many dies count, from die 0 on, where a rule ended the point; null: all that are stored.</summary>
    public long? Counted { get; init; }
}

/// <summary>The tables of a run, as its manifest has them: a folder is read without the study that it is of.</summary>
/// <param name="Specs">What a die must keep.</param>
/// <param name="Dies">Columns of the table of dies.</param>
/// <param name="Epochs">Columns of the table of epochs; empty where there is none.</param>
/// <param name="Points">In the order of the study.</param>
public sealed record RunDescription(
    IReadOnlyList<Spec> Specs,
    IReadOnlyList<Column> Dies,
    IReadOnlyList<Column> Epochs,
    IReadOnlyList<StoredPoint> Points
)
{
    /// <summary>Key of the manifest.</summary>
    public const string Key = "tables";

    /// <summary>The tables of some points, whose columns are the same.</summary>
    public static RunDescription Of(IReadOnlyList<RunPoint> points, IReadOnlyList<Spec> specs)
    {
        TableLayout[] layouts = [.. points.Select(point => TableLayout.Of(point, specs))];
        return new(
            specs,
            layouts[0].Dies,
            layouts[0].Epochs,
            [
                .. points.Zip(
                    layouts,
                    (point, layout) => new StoredPoint(point.Name, point.Swept, layout.EpochsPerDie, layout.DiesPerPart)
                ),
            ]
        );
    }

    /// <summary>The description of a folder.</summary>
    /// <exception cref="IOException">It is none that this version of the program wrote.</exception>
    public static RunDescription Read(RunFolder folder)
    {
        if (folder.ReadManifest()[Key] is not JsonObject tables)
            throw new IOException(
                $"{folder.Path}: the run was written by an older version of the program; run the study again with --overwrite"
            );
        return folder.Understand(_ => Of(tables));
    }

    private static RunDescription Of(JsonObject tables)
    {
        Column[] dies = [.. tables["dies"]!.AsArray().Select(column => ColumnOf(column!))];
        return new(
            [.. tables["specs"]!.AsArray().Select(spec => Spec.TryParse((string)spec!)!)],
            dies,
            [.. tables["epochs"]!.AsArray().Select(column => ColumnOf(column!))],
            [.. tables["points"]!.AsArray().Select(point => PointOf(point!, dies))]
        );
    }

    /// <summary>The parts of a point.</summary>
    public PartStore Store(RunFolder folder, StoredPoint point) =>
        new(folder, point.Name, new(Dies, Epochs, point.EpochsPerDie, point.DiesPerPart));

    public JsonObject ToJson() =>
        new()
        {
            ["specs"] = new JsonArray([.. Specs.Select(spec => JsonValue.Create($"{spec}"))]),
            ["points"] = new JsonArray([.. Points.Select(Json)]),
            ["dies"] = new JsonArray([.. Dies.Select(Json)]),
            ["epochs"] = new JsonArray([.. Epochs.Select(Json)]),
        };

    private static JsonNode Json(StoredPoint point)
    {
        var json = new JsonObject
        {
            ["name"] = point.Name,
            ["swept"] = new JsonObject(
                point.Swept.Select(value =>
                    KeyValuePair.Create(
                        value.Column.Name,
                        (JsonNode?)(value.Value is double number ? number : JsonValue.Create((string)value.Value))
                    )
                )
            ),
            ["epochs_per_die"] = point.EpochsPerDie,
            ["dies_per_part"] = point.DiesPerPart,
        };
        if (point.Counted is { } counted)
            json["counted"] = counted;
        return json;
    }

    private static StoredPoint PointOf(JsonNode json, Column[] columns) =>
        new(
            (string)json["name"]!,
            [
                .. json["swept"]!
                    .AsObject()
                    .Select(value =>
                    {
                        Column column = columns.Single(column => column.Name == value.Key);
                        return new PointValue(
                            column,
                            column.Type == ColumnType.Real ? (double)value.Value! : (string)value.Value!
                        );
                    }),
            ],
            (int)json["epochs_per_die"]!,
            (int)json["dies_per_part"]!
        )
        {
            Counted = (long?)json["counted"],
        };

    private static JsonNode Json(Column column)
    {
        var json = new JsonObject
        {
            ["name"] = column.Name,
            ["type"] = $"{column.Type}",
            ["unit"] = column.Unit,
            ["meaning"] = column.Meaning,
        };
        if (column.IsMetric)
            json["metric"] = true;
        if (column.NullIsNever)
            json["null_is_never"] = true;
        if (double.IsFinite(column.Least))
            json["least"] = column.Least;
        if (double.IsFinite(column.Most))
            json["most"] = column.Most;
        return json;
    }

    private static Column ColumnOf(JsonNode json) =>
        new(
            (string)json["name"]!,
            Enum.Parse<ColumnType>((string)json["type"]!),
            (string)json["unit"]!,
            (string)json["meaning"]!,
            (bool?)json["metric"] ?? false
        )
        {
            NullIsNever = (bool?)json["null_is_never"] ?? false,
            Least = (double?)json["least"] ?? double.NegativeInfinity,
            Most = (double?)json["most"] ?? double.PositiveInfinity,
        };
}
