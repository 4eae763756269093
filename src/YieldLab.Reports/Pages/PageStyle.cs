namespace YieldLab.Reports.Pages;

/// <summary>The style of a page: light and dark as the system has it, a phone's width, paper.</summary>
internal static class PageStyle
{
    /// <summary>The sheet, from <c>page.css</c>.</summary>
    public static string Css { get; } = Read();

    private static string Read()
    {
        using Stream sheet = typeof(PageStyle).Assembly.GetManifestResourceStream("page.css")!;
        return new StreamReader(sheet).ReadToEnd();
    }
}
