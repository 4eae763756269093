using Xunit;
using YieldLab.Studies.Text;

namespace YieldLab.Tests.Text;

public class NearestNameTests
{
    [Theory]
    [InlineData("epoch", "; did you mean 'epochs'?")]
    [InlineData("lerning_rat", "; did you mean 'learning_rate'?")]
    [InlineData("Epochs", "; did you mean 'epochs'?")]
    [InlineData("l2", "; did you mean 'l2'?")]
    // Two edits are always allowed, and a third of a longer name.
    [InlineData("epo", "; expected one of epochs, learning_rate, l2")]
    [InlineData("zzzz", "; expected one of epochs, learning_rate, l2")]
    public void Hint_names_the_nearest_name_or_lists_them(string given, string hint) =>
        Assert.Equal(hint, NearestName.Hint(given, ["epochs", "learning_rate", "l2"]));

    [Fact]
    public void Hint_lists_24_names_at_most_and_of_more_the_nearest()
    {
        string[] names = [.. Enumerable.Range(10, 25).Select(i => $"parameter_{i}")];
        Assert.Equal($"; expected one of {string.Join(", ", names.Take(24))}", NearestName.Hint("x", names.Take(24)));
        Assert.Equal(
            "; expected one of 25 names, of which the nearest are parameter_19, parameter_29, parameter_10, parameter_11, parameter_12",
            NearestName.Hint("99", names)
        );
    }
}
