using static AgentFlow.Safety.Redaction.TokenRule;

namespace AgentFlow.Safety.Redaction;

/// <summary>Payment, billing and shops.</summary>
internal static class PaymentRules
{
    public static IReadOnlyList<RedactionRule> Rows { get; } =
    [
        Of("stripe-secret-key", "Stripe secret key (sk_live_, sk_test_; also Clerk, WorkOS and others that took over the shape)",
            "sk_live_{s:16+}", "sk_test_{s:16+}", "sk_prod_{w:16+}", "sk_dev_{w:16+}", "sk_org_{s:16+}"),
        Of("stripe-restricted-key", "Stripe restricted key (rk_live_, rk_test_)", "rk_live_{A:16+}", "rk_test_{A:16+}"),
        Of("webhook-signing-secret", "Signing secret of a Stripe or Svix webhook endpoint (whsec_)", "whsec_{k:24+}{=:0-2}"),
        Of("stripe-ephemeral-key", "Stripe ephemeral key", "ek_live_{w:16+}", "ek_test_{w:16+}"),
        Of("paypal-token", "PayPal or Braintree access token", "access_token$production${a:16}${h:32}", "access_token$sandbox${a:16}${h:32}", "^A21AA{w:60+}"),
        Of("plaid-access-token", "Plaid access token",
            "access-sandbox-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "access-development-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}", "access-production-{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("paddle-key", "Paddle API key or notification secret", "pdl_live_{s:24+}", "pdl_sdbx_{s:24+}", "pdl_ntfset_{s:24+}"),
        Of("square-token", "Square access token or application secret", "sq0atp-{w:22+}", "sq0csp-{w:40+}", "^EAAA{w:56-60!}"),
        Of("razorpay-key", "Razorpay key", "rzp_live_{A:14+}", "rzp_test_{A:14+}"),
        Of("flutterwave-key", "Flutterwave secret or encryption key", "FLWSECK-{a:12+}", "FLWSECK-{a:12+}-X", "FLWSECK_TEST-{a:12+}", "FLWSECK_TEST-{a:12+}-X", "FLWSECK_TEST{a:12+}", "FLWSECK_LIVE{a:12+}"),
        Of("mollie-key", "Mollie or Lob API key", "^live_{A:30+}", "^test_{A:30+}"),
        Of("polar-token", "Polar access token", "polar_oat_{A:24+}", "polar_pat_{A:24+}", "polar_whs_{A:24+}"),
        Of("adyen-key", "Adyen API key", "^AQE{b:60+}=-{b:20+}", "^AQE{b:60+}-{b:20+}"),
        Of("coinbase-key", "Coinbase Commerce shared secret or API key file", "organizations/{H:8}-{H:4}-{H:4}-{H:4}-{H:12}/apiKeys/{H:8}-{H:4}-{H:4}-{H:4}-{H:12}"),
        Of("shopify-token", "Shopify access token or shared secret (shpat_, shpca_, shppa_, shpss_, …)",
            "shpat_{H:32+}", "shpca_{H:32+}", "shppa_{H:32+}", "shpss_{H:32+}", "shptka_{H:32+}", "shpua_{H:32+}", "shpit_{H:32+}", "shprt_{H:32+}", "atkn_{H:32+}"),
        Of("woocommerce-key", "WooCommerce consumer key or secret", "^ck_{h:40}", "^cs_{h:40}"),
        Of("easypost-key", "EasyPost API key", "^EZAK{A:54+}", "^EZTK{A:54+}"),
        Of("shippo-token", "Shippo token", "shippo_live_{H:40+}", "shippo_test_{H:40+}"),
        Of("duffel-token", "Duffel token", "duffel_live_{t:40+}", "duffel_test_{t:40+}"),
        Of("gocardless-token", "GoCardless token", "^live_{t:40+}", "^sandbox_{t:40+}"),
        Of("checkout-key", "Checkout.com secret key", "^sk_sbox_{s:20+}", "^sk_sandbox_{s:20+}"),
        Of("klarna-key", "Klarna key", "klarna_live_api_{k:24+}{=:0-2}", "klarna_test_api_{k:24+}{=:0-2}"),
        Of("pagarme-key", "Pagar.me key", "ak_live_{A:24+}", "ak_test_{A:24+}"),
        Of("mercadopago-token", "Mercado Pago access token", "APP_USR-{d:13-19}-{d:6}-{h:32}-{d:6-12}", "^TEST-{d:13-19}-{d:6}-{h:32}-{d:6-12}"),
        Of("creem-key", "Creem key", "^creem_{A:16+}", "creem_test_{A:16+}"),
    ];
}
