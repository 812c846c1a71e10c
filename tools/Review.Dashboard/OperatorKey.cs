using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Review.Dashboard;

/// <summary>
/// Tells the operator from everybody else who can open a connection to this machine's loopback. The token is new at every start; a browser gets it as a cookie, and every form
/// carries a key that only pages of the operator show, so that no other page can post one.
/// </summary>
internal sealed class OperatorKey
{
    private const string Cookie = "mmreview-operator";

    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);

    /// <summary>What the operator's first address carries.</summary>
    public string Token => Convert.ToHexStringLower(secret);

    /// <summary>What forms carry.</summary>
    public string FormKey => Convert.ToHexStringLower(HMACSHA256.HashData(secret, "form"u8));

    /// <summary>Remembers in the browser that it is the operator's, if the token is right.</summary>
    public bool SignIn(HttpContext context, string? token)
    {
        if (!AreSame(token, Token))
        {
            return false;
        }

        context.Response.Cookies.Append(Cookie, Token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        return true;
    }

    /// <summary>True if a request is the operator's.</summary>
    public bool IsOperator(HttpRequest request) => AreSame(request.Cookies[Cookie], Token);

    /// <summary>True if the operator sent a form of one of our pages.</summary>
    public bool Accepts(HttpRequest request, string? formKey) => IsOperator(request) && AreSame(formKey, FormKey)
        && (request.Headers.Origin is not [var origin, ..] || origin == $"{request.Scheme}://{request.Host}");

    private static bool AreSame(string? given, string wanted) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));
}
