namespace Review.Cli.Output;

/// <summary>The frame of every page: one file, no script, nothing loaded from anywhere, and a policy that says so to the browser.</summary>
internal static class HtmlPage
{
    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("report.css")
            ?? throw new InvalidOperationException("report.css is not embedded");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    /// <summary>A page around a body.</summary>
    public static string Render(string title, Html body) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <link rel="icon" href="data:,">
        <title>{title}</title>
        <style>
        {Html.Raw(Style.Value)}</style>
        </head>
        <body>
        {body}</body>
        </html>

        """).ToString();
}
