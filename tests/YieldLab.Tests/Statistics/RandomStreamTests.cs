using System.Reflection;
using Xunit;
using YieldLab.Circuits.Cells;
using YieldLab.Statistics.Random;
using YieldLab.Studies.Settings;

namespace YieldLab.Tests.Statistics;

public class RandomStreamTests
{
    // Published test values of 32-bit FNV-1a (Fowler, Noll, Vo).
    [Theory]
    [InlineData("a", 0xe40c292c)]
    [InlineData("b", 0xe70c2de5)]
    [InlineData("foobar", 0xbf9cf968)]
    public void Id_is_the_published_FNV_1a_hash_of_the_name(string name, uint hash) =>
        Assert.Equal(hash, new RandomStream(name).Id);

    [Fact]
    public void A_stream_needs_a_name() => Assert.Throws<ArgumentException>(() => new RandomStream(""));

    [Fact]
    public void No_two_streams_of_the_program_share_a_name_or_an_id()
    {
        RandomStream[] streams = [.. AllStreams()];
        Assert.Empty(streams.GroupBy(stream => stream.Name).Where(group => group.Count() > 1).Select(g => g.Key));
        Assert.Empty(
            streams
                .GroupBy(stream => stream.Id)
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(" and ", group.Select(stream => stream.Name)))
        );
    }

    [Fact]
    public void Every_stream_name_starts_with_its_purpose() =>
        Assert.All(AllStreams(), stream => Assert.Matches("^(silicon|algorithm|noise|inference)/", stream.Name));

    // The search by reflection must have found what it looks for; these stand in six types of three assemblies.
    [Theory]
    [InlineData("silicon/process/die")]
    [InlineData("silicon/temperature")]
    [InlineData("silicon/temperature_gradient")]
    [InlineData("silicon/fwd_pp/vt")]
    [InlineData("algorithm/order")]
    [InlineData("algorithm/split")]
    [InlineData("silicon/design/sobol/flips")]
    [InlineData("silicon/design/latin/order")]
    public void The_search_for_streams_finds_the_known_ones(string name) =>
        Assert.Contains(name, AllStreams().Select(stream => stream.Name));

    // Static fields of every type, whoever adds one later, and the cells' streams, which stand in a dictionary.
    private static IEnumerable<RandomStream> AllStreams() =>
        new[] { typeof(RandomStream).Assembly, typeof(DrawnErrors).Assembly, typeof(Study).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.ContainsGenericParameters && type != typeof(DrawnErrors))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.DeclaringType == field.ReflectedType)
            .SelectMany(field =>
                field.FieldType == typeof(RandomStream) ? [(RandomStream)field.GetValue(null)!]
                : field.FieldType == typeof(RandomStream[]) ? (RandomStream[])field.GetValue(null)!
                : Array.Empty<RandomStream>()
            )
            .Concat(DrawnErrors.Streams);
}
