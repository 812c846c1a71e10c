using System.Globalization;
using System.Text;

namespace Review.Lsp.Protocol;

/// <summary>
/// Reads the messages of the base protocol: header lines, an empty line, and as many bytes as <c>Content-Length</c> says. Works on any way in which the
/// stream cuts the bytes up.
/// </summary>
/// <param name="input">The stream.</param>
public sealed class FrameReader(Stream input)
{
    /// <summary>The longest message that is taken in, in bytes: what an editor sends for the largest file of a kernel is a tenth of it.</summary>
    public const int LongestContent = 64 << 20;

    /// <summary>The longest header part that is taken in, in bytes.</summary>
    public const int LongestHeader = 4 << 10;

    private readonly byte[] buffer = new byte[32 << 10];
    private int next;
    private int filled;

    /// <summary>The content of the next message; null where the stream ends between two messages.</summary>
    /// <exception cref="FramingException">What comes is no message, or the stream ends inside one: where the next one would begin is unknown.</exception>
    public byte[]? Read()
    {
        if (ReadHeader() is not { } header)
        {
            return null;
        }

        var content = new byte[LengthIn(header)];
        for (var done = 0; done < content.Length;)
        {
            if (next == filled && !Fill())
            {
                throw new FramingException("the stream ends inside a message");
            }

            var count = Math.Min(filled - next, content.Length - done);
            buffer.AsSpan(next, count).CopyTo(content.AsSpan(done));
            next += count;
            done += count;
        }

        return content;
    }

    /// <summary>The header part without the empty line; null at the end of the stream.</summary>
    private string? ReadHeader()
    {
        var header = new StringBuilder();
        while (next < filled || Fill())
        {
            _ = header.Append((char)buffer[next++]);
            if (header.Length >= 4 && header[^1] == '\n' && header[^2] == '\r' && header[^3] == '\n' && header[^4] == '\r')
            {
                return header.ToString(0, header.Length - 4);
            }

            if (header.Length > LongestHeader)
            {
                throw new FramingException($"a header of more than {LongestHeader} bytes");
            }
        }

        return header.Length == 0 ? null : throw new FramingException("the stream ends inside a header");
    }

    private static int LengthIn(string header)
    {
        int? length = null;
        foreach (var line in header.Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                throw new FramingException("a header line without a colon");
            }

            if (line.AsSpan(0, colon).Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                var isNumber = int.TryParse(line.AsSpan(colon + 1).Trim(' '), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
                length = isNumber && number <= LongestContent && length is null ? number
                    : throw new FramingException($"a Content-Length that is no number up to {LongestContent}, or two of them");
            }
        }

        return length ?? throw new FramingException("a header without Content-Length");
    }

    private bool Fill()
    {
        next = 0;
        filled = input.Read(buffer);
        return filled > 0;
    }
}

/// <summary>A stream does not hold messages of the base protocol, or breaks off inside one.</summary>
public sealed class FramingException(string message) : IOException(message);
