using System.Text.Json.Nodes;
using Xunit;

namespace YieldLab.Tests.Pages;

/// <summary>Reports as a browser shows them, on a phone and on a desk, in light and in dark.</summary>
public sealed class ReportInBrowserTests(StoredReports reports) : IClassFixture<StoredReports>
{
    private static readonly string Axe = Read();

    // What axe-core cannot decide by itself (incomplete) is no violation.
    private const string Check = """
        document.querySelectorAll('details').forEach(d => d.open = true);
        const found = await axe.run(document);
        return {
          dark: matchMedia('(prefers-color-scheme: dark)').matches,
          ground: getComputedStyle(document.body).backgroundColor,
          width: innerWidth,
          content: document.documentElement.scrollWidth,
          loaded: performance.getEntriesByType('resource').map(r => r.name),
          passes: found.passes.length,
          violations: found.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 200) + ' ' + (n.failureSummary || '')).join(' | ')),
        };
        """;

    public static TheoryData<string, int, bool> Views =>
        new MatrixTheoryData<string, int, bool>([StoredReports.Run, StoredReports.Sweep], [360, 1280], [false, true]);

    [Theory]
    [MemberData(nameof(Views))]
    public void Axe_finds_no_violation_and_nothing_is_wider_than_the_screen(string run, int width, bool dark)
    {
        Chromium.Need();
        JsonNode found = Chromium.Run(reports.Html(run), Axe + "\n" + Check, width, dark);
        Assert.Null(found["error"]);
        Assert.Equal(width, found["width"]!.GetValue<int>());
        Assert.Equal(dark, found["dark"]!.GetValue<bool>());
        Assert.Equal(dark, (string?)found["ground"] != "rgb(255, 255, 255)");
        Assert.Empty(found["violations"]!.AsArray().Select(violation => (string?)violation));
        // As many rules at least as such a page has to do with.
        Assert.InRange(found["passes"]!.GetValue<int>(), 20, 200);
        Assert.InRange(found["content"]!.GetValue<int>(), 1, width);
        Assert.Empty(found["loaded"]!.AsArray());
    }

    // The oracle of the checks above: a page that has these faults is found to have them.
    [Fact]
    public void Axe_finds_the_faults_of_a_page_that_has_some()
    {
        Chromium.Need();
        const string page = """
            <!DOCTYPE html><html><head><title>faults</title></head>
            <body><main><h1>One</h1><p style="color: #999; background: #fff; width: 500px">pale</p></main></body></html>
            """;
        JsonNode found = Chromium.Run(page, Axe + "\n" + Check, 360, dark: false);
        string[] rules = [.. found["violations"]!.AsArray().Select(violation => ((string)violation!).Split(':')[0])];
        Assert.Contains("color-contrast", rules);
        Assert.Contains("html-has-lang", rules);
        Assert.True(found["content"]!.GetValue<int>() > 360);
    }

    private static string Read()
    {
        using Stream axe = typeof(Deque.AxeCore.Commons.AxeResult).Assembly.GetManifestResourceStream(
            "Deque.AxeCore.Commons.Resources.axe.min.js"
        )!;
        return new StreamReader(axe).ReadToEnd();
    }
}
