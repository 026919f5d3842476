import { byHeader } from "./by-header.ts";

/** Customers of a telephone company, and who of them left. Source: IBM sample data. */
export const telco = byHeader("IBM Telco churn", [
  {
    table: "telco",
    columns: [
      "customerID",
      "gender",
      "SeniorCitizen",
      "Partner",
      "Dependents",
      "tenure",
      "PhoneService",
      "MultipleLines",
      "InternetService",
      "OnlineSecurity",
      "OnlineBackup",
      "DeviceProtection",
      "TechSupport",
      "StreamingTV",
      "StreamingMovies",
      "Contract",
      "PaperlessBilling",
      "PaymentMethod",
      "MonthlyCharges",
      "TotalCharges",
      "Churn",
    ],
    roles: { customerID: "user", Churn: "target" },
  },
]);
