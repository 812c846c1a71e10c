using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Review.Core.Diagnostics;

/// <summary>
/// Names a finding across versions of a file. It depends on the rule's number, the function and the normalised
/// statement; equal ones within a file are told apart by a counter in source order. It never depends on lines, on the file's
/// path (files get renamed) or on the message (wording gets better).
/// </summary>
public sealed class Fingerprint
{
    private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);

    /// <summary>The fingerprint of the next diagnostic of one file. Diagnostics must come in source order.</summary>
    /// <returns>16 lower-case hexadecimal digits.</returns>
    public string Next(Diagnostic diagnostic)
    {
        ArgumentNullException.ThrowIfNull(diagnostic);
        var key = string.Join('\0', diagnostic.Id, KernelDiagnostic.Function(diagnostic), KernelDiagnostic.Statement(diagnostic));
        var count = seen.GetValueOrDefault(key);
        seen[key] = count + 1;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(key + "\0" + count.ToString(CultureInfo.InvariantCulture)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 8));
    }
}
