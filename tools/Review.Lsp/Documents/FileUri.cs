using System.Text;

namespace Review.Lsp.Documents;

/// <summary>URIs of files, RFC 8089. A document is known by the URI that its client wrote; the same file may be written in several ways.</summary>
public static class FileUri
{
    /// <summary>The absolute path, with <c>..</c> taken out; null for a URI that names no file of this machine.</summary>
    public static string? ToPath(string uri)
    {
        const string Scheme = "file://";
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = uri[Scheme.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || (slash > 0 && !rest.AsSpan(0, slash).Equals("localhost", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        var end = rest.AsSpan().IndexOfAny('?', '#');
        var path = Uri.UnescapeDataString(rest[slash..(end < 0 ? rest.Length : Math.Max(end, slash))]);
        return path.Contains('\0', StringComparison.Ordinal) ? null : Path.GetFullPath(path);
    }

    /// <summary>The URI of an absolute path.</summary>
    public static string Of(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var uri = new StringBuilder("file://");
        foreach (var octet in Encoding.UTF8.GetBytes(path))
        {
            _ = octet < 128 && (char.IsAsciiLetterOrDigit((char)octet) || "/-._~".Contains((char)octet, StringComparison.Ordinal)) ? uri.Append((char)octet) : uri.Append($"%{octet:X2}");
        }

        return uri.ToString();
    }
}
