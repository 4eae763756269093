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

    // Of a colour as bars and dots have it, over the ground.
    private static double Luminance(string colour, string ground)
    {
        double Part(int start)
        {
            double c = FigureParts.Faint * Channel(colour, start) + (1 - FigureParts.Faint) * Channel(ground, start);
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Part(1) + 0.7152 * Part(3) + 0.0722 * Part(5);
    }

    private static double Channel(string colour, int start) =>
        int.Parse(colour.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
}
