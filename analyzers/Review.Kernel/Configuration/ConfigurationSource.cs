namespace Review.Kernel;

/// <summary>
/// Where a configuration comes from. Without a file it is the architecture's defconfig with our wish list on top; a file
/// of wishes is put on top of both and evaluated through Kconfig; a complete <c>.config</c> is taken as it is.
/// </summary>
public sealed class ConfigurationSource
{
    private ConfigurationSource(string name, string? text)
    {
        Name = name;
        Text = text;
    }

    /// <summary>The architecture's defconfig with our wish list.</summary>
    public static ConfigurationSource Default { get; } = new("default", null);

    /// <summary>What results call this configuration: <c>default</c>, or the file's name.</summary>
    public string Name { get; }

    /// <summary>True for a file that <c>make *config</c> wrote: its values are used without evaluation.</summary>
    public bool IsComplete => Text is not null && ConfigurationText.IsComplete(Text);

    /// <summary>The file's text; null for the default.</summary>
    internal string? Text { get; }

    /// <summary>A configuration file's text; complete ones are told by the header that Kconfig writes.</summary>
    /// <param name="name">What results call it; a file name without its folder keeps them free of machine paths.</param>
    /// <param name="text">The file's text.</param>
    public static ConfigurationSource FromText(string name, string text) => new(name, text);
}
