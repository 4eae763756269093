using System.Globalization;
using Xunit;
using YieldLab.Reports.Figures;

namespace YieldLab.Tests.Reports.Figures;

public class PaletteTests
{
    [Fact]
    public void Colours_keep_the_contrast_of_WCAG_on_light_and_dark()
    {
        foreach (Role role in Palette.All.Except([Palette.Surface, Palette.Grid]))
        {
            double least = role == Palette.Text ? 4.5 : 3;
            Assert.True(Contrast(role.Light, Palette.Surface.Light) >= least, $"{role.Name} on light");
            Assert.True(Contrast(role.Dark, Palette.Surface.Dark) >= least, $"{role.Name} on dark");
        }
    }

    // Contour lines cross the fields of a map, texts stand on them; curves have a seam of the background.
    [Fact]
    public void Lines_and_texts_of_maps_keep_the_contrast_of_WCAG_on_the_darkest_field()
    {
        Assert.True(OnField(Palette.Text.Light, Palette.First.Light, Palette.Surface.Light) >= 4.5);
        Assert.True(OnField(Palette.Text.Dark, Palette.First.Dark, Palette.Surface.Dark) >= 4.5);
    }

    [Fact]
    public void Page_style_defines_every_colour()
    {
        foreach (Role role in Palette.All)
        {
            Assert.Contains($"--figure-{role.Name}: {role.Light};", Figure.Css, StringComparison.Ordinal);
            Assert.Contains($"--figure-{role.Name}: {role.Dark};", Figure.Css, StringComparison.Ordinal);
        }
    }

    // WCAG 2.2, relative luminance and contrast ratio.
    private static double Contrast(string colour, string ground)
    {
        double[] lights = [.. new[] { Luminance(colour, ground), Luminance(ground, ground) }.Order()];
        return (lights[1] + 0.05) / (lights[0] + 0.05);
    }

    private static double OnField(string line, string field, string ground)
    {
        double[] lights =
        [
            .. new[] { Luminance(line, line), Luminance(field, ground, IsoYieldFigure.Darkest) }.Order(),
        ];
        return (lights[1] + 0.05) / (lights[0] + 0.05);
    }

    // Of a colour over the ground, as bars and dots have it unless told.
    private static double Luminance(string colour, string ground, double alpha = FigureParts.Faint)
    {
        double Part(int start)
        {
            double c = alpha * Channel(colour, start) + (1 - alpha) * Channel(ground, start);
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    private static double Channel(string colour, int start) =>
        int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
}
