using System.Security.Cryptography;
using System.Text;
using AgentFlow.Faults;
using AgentFlow.Rotation.Kinds;
using AgentFlow.Safety;

namespace AgentFlow.Core.Tests.Rotation.Kinds;

/// <summary>RFC 7677, section 3: the one published exchange of SCRAM-SHA-256.</summary>
public sealed class ScramVerifierTests
{
    private const string Salt = "W22ZaJ0SNY7soEsUEjb6gQ==";
    private const string AuthMessage =
        "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";

    [Fact]
    public void The_RFCs_client_proof_and_server_signature_follow_from_the_verifier()
    {
        using Secret password = Secret.FromChars("pencil");
        Assert.Equal("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", ScramVerifier.ClientProof(password, Convert.FromBase64String(Salt), 4096, AuthMessage));
        string verifier = ScramVerifier.Create(password, Convert.FromBase64String(Salt), 4096);
        string[] parts = verifier.Split('$', ':');
        Assert.Equal(("SCRAM-SHA-256", "4096", Salt), (parts[0], parts[1], parts[2]));

        // What a server does: the proof xor its own signature must hash to the stored key.
        byte[] storedKey = Convert.FromBase64String(parts[3]);
        byte[] signature = HMACSHA256.HashData(storedKey, Encoding.UTF8.GetBytes(AuthMessage));
        byte[] proof = Convert.FromBase64String("dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        Assert.Equal(storedKey, SHA256.HashData([.. proof.Zip(signature, static (left, right) => (byte)(left ^ right))]));
        Assert.Equal("6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=", Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(parts[4]), Encoding.UTF8.GetBytes(AuthMessage))));
    }

    [Fact]
    public void Each_verifier_has_its_own_salt()
    {
        using Secret password = Secret.FromChars("pencil");
        Assert.NotEqual(ScramVerifier.Create(password), ScramVerifier.Create(password));
    }

    [Theory]
    [InlineData("pässword")]
    [InlineData("tab\there")]
    public void What_would_need_SASLprep_is_refused(string text)
    {
        using Secret password = Secret.FromChars(text);
        AfFaultException fault = Assert.Throws<AfFaultException>(() => ScramVerifier.Create(password));
        Assert.Equal(FaultId.RotationValueRefused, fault.Id);
        Assert.DoesNotContain(text, fault.Message, StringComparison.Ordinal);
    }
}
