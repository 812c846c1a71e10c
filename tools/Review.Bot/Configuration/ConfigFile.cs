using System.Text;

namespace Review.Bot.Configuration;

/// <summary>The languages of configuration files: TOML in a file that is called so, else YAML. The keys are the same.</summary>
internal static class ConfigFile
{
    /// <summary>Larger than any list of people and lists; what is larger is some other file.</summary>
    private const int MaximumBytes = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="key">The key that names it, for messages.</param>
    /// <param name="cure">What to do if it is not there.</param>
    /// <exception cref="BotConfigException">It is not there, too large, or not what its name says.</exception>
    public static ConfigSection Read(string file, string key, string cure)
    {
        try
        {
            return Parse(file, TextOf(file, key));
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw new BotConfigException(file, key, trouble is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : trouble.Message.TrimEnd('.'), cure);
        }
    }

    /// <summary>Reads the text of a file.</summary>
    public static ConfigSection Parse(string file, string text)
    {
        var (language, read, cure) = file.EndsWith(".toml", StringComparison.OrdinalIgnoreCase)
            ? ("TOML", (Func<string, ConfigNode?>)TomlConfig.Read, "close every bracket and quote, put texts between quotes, and write each key and each [section] once")
            : ("YAML", YamlConfig.Read, "close every bracket and quote, indent with blanks, put text with colons between quotes, and write each key once");
        try
        {
            if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var at)
            {
                throw new ConfigSyntaxException(text.AsSpan(0, at).Count('\n') + 1, "there is a NUL in it");
            }

            return new ConfigSection(file, "", read(text) ?? throw new BotConfigException(file, "", "the file is empty", "see the reference in tools/Review.Bot/README.md"));
        }
        catch (ConfigSyntaxException trouble)
        {
            throw new BotConfigException(trouble.Line > 0 ? ConfigSection.Place(file, trouble.Line) : file, "", $"not {language}: {trouble.Message.ReplaceLineEndings(" ").TrimEnd('.')}", cure);
        }
    }

    private static string TextOf(string file, string key)
    {
        using var stream = File.OpenRead(file);
        var bytes = new byte[MaximumBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaximumBytes
            ? new StreamReader(new MemoryStream(bytes, 0, length), Encoding.UTF8).ReadToEnd()
            : throw new BotConfigException(file, key, "the file is larger than a megabyte", "name a configuration");
    }
}
